package com.delula.retention.notify;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.delula.retention.monitor.Due;
import com.delula.retention.monitor.TaskHealth;
import com.delula.retention.rule.Quantity;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.Run;
import com.delula.retention.run.TaskSchedule;
import org.jspecify.annotations.Nullable;

/** Describes what has become of a task, to people and to programs. */
final class TaskTexts {

	private final Rules rules;

	TaskTexts(Rules rules) {
		this.rules = rules;
	}

	/** A task has not succeeded for two of its intervals. */
	Event overdue(TaskHealth task, Instant asOf) {
		String success = Optional.ofNullable(task.lastSuccess())
			.map((run) -> "Its last success was at " + run.finishedAt())
			.orElse("It has never succeeded");
		String last = Optional.ofNullable(task.last())
			.filter((run) -> run.error() != null)
			.map((run) -> " Its last run ended as " + run.status().label() + ": " + run.error())
			.orElse("");
		return event(EventType.TASK_OVERDUE, task.task(), asOf,
				title(task.task()) + " is overdue. " + success + " (schedule: " + schedule(task) + ")." + last,
				data(task));
	}

	/** A task has succeeded again. */
	Event recovered(TaskHealth task, Instant asOf) {
		String removed = Optional.ofNullable(task.lastTelling())
			.map((run) -> " " + Quantity.of(run.rowsRemoved()) + " rows removed. Run " + run.id() + ".")
			.orElse("");
		return event(EventType.TASK_RECOVERED, task.task(), asOf,
				title(task.task()) + " has recovered: its last run succeeded." + removed, data(task));
	}

	/** A task has at least so many rows due. */
	Event due(Due due, long threshold) {
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("task", due.task());
		data.put("title", title(due.task()));
		data.put("rowsDue", due.rows());
		data.put("threshold", threshold);
		data.put("oldestDueAt", text(due.oldest()));
		data.put("asOf", due.asOf().toString());
		String oldest = (due.oldest() != null) ? " The oldest of them is from " + due.oldest() + "." : "";
		return event(EventType.ROWS_DUE, due.task(), due.asOf(), title(due.task()) + ": " + Quantity.of(due.rows())
				+ " rows are due (threshold " + Quantity.of(threshold) + ")." + oldest, data);
	}

	private static Event event(EventType type, String task, Instant asOf, String text,
			Map<String, @Nullable Object> data) {
		return new Event(type.label() + ":" + task + ":" + asOf, type.label(), asOf, text, data);
	}

	private String title(String task) {
		return RunTexts.title(this.rules, task);
	}

	private static String schedule(TaskHealth task) {
		return Optional.ofNullable(task.schedule()).map(TaskSchedule::text).orElse("off");
	}

	private Map<String, @Nullable Object> data(TaskHealth task) {
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("task", task.task());
		data.put("title", title(task.task()));
		data.put("overdue", task.overdue());
		data.put("schedule", schedule(task));
		data.put("nextRunAt", text(task.nextRun()));
		data.put("lastSuccessAt",
				Optional.ofNullable(task.lastSuccess()).map(Run::finishedAt).map(Instant::toString).orElse(null));
		data.put("lastRunId", Optional.ofNullable(task.last()).map((run) -> run.id().toString()).orElse(null));
		data.put("lastStatus", Optional.ofNullable(task.last()).map((run) -> run.status().label()).orElse(null));
		data.put("lastError", Optional.ofNullable(task.last()).map(Run::error).orElse(null));
		return data;
	}

	private static @Nullable String text(@Nullable Instant time) {
		return (time != null) ? time.toString() : null;
	}

}
