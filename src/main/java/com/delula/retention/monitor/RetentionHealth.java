package com.delula.retention.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.delula.retention.run.RetentionTask;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunHistory;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.TaskSchedule;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down when a task is overdue (no success for two of its intervals) or its last run
 * failed.
 */
final class RetentionHealth implements HealthIndicator {

	private final List<RetentionTask> tasks;

	private final RunHistory history;

	private final List<TaskSchedule> schedules;

	RetentionHealth(List<RetentionTask> tasks, RunHistory history, List<TaskSchedule> schedules) {
		this.tasks = tasks;
		this.history = history;
		this.schedules = schedules;
	}

	@Override
	public Health health() {
		Health.Builder health = Health.up();
		try {
			this.tasks.forEach((task) -> add(health, task.name()));
		}
		catch (RuntimeException ex) {
			health.down().withDetail("reason", "The database cannot be reached");
		}
		return health.build();
	}

	private void add(Health.Builder health, String task) {
		Optional<Run> last = this.history.last(task);
		Optional<TaskSchedule> schedule = this.schedules.stream()
			.filter((candidate) -> candidate.task().equals(task))
			.findFirst();
		boolean overdue = schedule.filter((known) -> isOverdue(known)).isPresent();
		boolean failed = last.filter((run) -> run.status() == RunStatus.FAILED).isPresent();
		Map<String, @Nullable Object> details = new LinkedHashMap<>();
		details.put("lastRun", last.map(Run::startedAt).orElse(null));
		details.put("lastRunId", last.map(Run::id).orElse(null));
		details.put("lastStatus", last.map((run) -> run.status().label()).orElse(null));
		details.put("lastError", last.map(Run::error).orElse(null));
		details.put("lastSuccess", this.history.lastSuccess(task).map(Run::finishedAt).orElse(null));
		details.put("nextRun", schedule.map(TaskSchedule::next).orElse(null));
		details.put("running", this.history.running(task).isPresent());
		details.put("overdue", overdue);
		health.withDetail(task, details);
		if (overdue || failed) {
			health.down();
		}
	}

	private boolean isOverdue(TaskSchedule schedule) {
		Instant since = this.history.lastSuccess(schedule.task())
			.map(Run::finishedAt)
			.or(() -> this.history.firstSeen(schedule.task()))
			.orElse(null);
		return since != null
				&& Duration.between(since, this.history.now()).compareTo(schedule.interval().multipliedBy(2)) > 0;
	}

}
