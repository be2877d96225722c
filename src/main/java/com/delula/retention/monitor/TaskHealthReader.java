package com.delula.retention.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.delula.retention.rule.Rules;
import com.delula.retention.run.Run;
import com.delula.retention.run.TaskSchedule;
import com.delula.retention.run.history.Approvals;
import com.delula.retention.run.history.RunHistory;
import org.jspecify.annotations.Nullable;

/** Reports the health of each task. */
public class TaskHealthReader {

	private final Rules rules;

	private final RunHistory history;

	private final Approvals approvals;

	private final List<TaskSchedule> schedules;

	TaskHealthReader(Rules rules, RunHistory history, Approvals approvals, List<TaskSchedule> schedules) {
		this.rules = rules;
		this.history = history;
		this.approvals = approvals;
		this.schedules = schedules;
	}

	/**
	 * The health of every task.
	 * @throws RuntimeException if the database cannot be reached
	 */
	public List<TaskHealth> read() {
		return this.rules.all().stream().map((rule) -> read(rule.name())).toList();
	}

	/** The health of one task. */
	public TaskHealth read(String task) {
		TaskSchedule schedule = this.schedules.stream()
			.filter((candidate) -> candidate.task().equals(task))
			.findFirst()
			.orElse(null);
		Run lastSuccess = this.history.lastSuccess(task).orElse(null);
		return new TaskHealth(task, this.history.running(task).orElse(null), this.history.last(task).orElse(null),
				this.history.lastTelling(task).orElse(null), lastSuccess, schedule,
				schedule != null && isOverdue(schedule, lastSuccess), this.approvals.refusedRun(task).orElse(null));
	}

	private boolean isOverdue(TaskSchedule schedule, @Nullable Run lastSuccess) {
		Instant since = Optional.ofNullable(lastSuccess)
			.map(Run::finishedAt)
			.or(() -> this.history.firstSeen(schedule.task()))
			.orElse(null);
		return since != null
				&& Duration.between(since, this.history.now()).compareTo(schedule.interval().multipliedBy(2)) > 0;
	}

}
