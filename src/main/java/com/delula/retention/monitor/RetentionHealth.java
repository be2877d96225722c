package com.delula.retention.monitor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import com.delula.retention.run.Run;
import com.delula.retention.run.TaskSchedule;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down when a task is overdue (no success for two of its intervals), its last run failed,
 * or it waits for somebody's approval.
 */
final class RetentionHealth implements HealthIndicator {

	private static final String UNREACHABLE = "The database cannot be reached";

	private final TaskHealthReader tasks;

	private final BooleanSupplier unreachable;

	RetentionHealth(TaskHealthReader tasks, BooleanSupplier unreachable) {
		this.tasks = tasks;
		this.unreachable = unreachable;
	}

	@Override
	public Health health() {
		Health.Builder health = Health.up();
		if (this.unreachable.getAsBoolean()) {
			return health.down().withDetail("reason", UNREACHABLE).build();
		}
		try {
			this.tasks.read().forEach((task) -> add(health, task));
		}
		catch (RuntimeException ex) {
			health.down().withDetail("reason", UNREACHABLE);
		}
		return health.build();
	}

	private static void add(Health.Builder health, TaskHealth task) {
		Optional<Run> last = Optional.ofNullable(task.last());
		Map<String, @Nullable Object> details = new LinkedHashMap<>();
		details.put("lastRun", last.map(Run::startedAt).orElse(null));
		details.put("lastRunId", last.map(Run::id).orElse(null));
		details.put("lastStatus", last.map((run) -> run.status().label()).orElse(null));
		details.put("lastError", last.map(Run::error).orElse(null));
		details.put("lastSuccess", Optional.ofNullable(task.lastSuccess()).map(Run::finishedAt).orElse(null));
		details.put("nextRun", task.nextRun());
		details.put("schedule", Optional.ofNullable(task.schedule()).map(TaskSchedule::text).orElse("off"));
		details.put("running", task.running() != null);
		details.put("overdue", task.overdue());
		details.put("needsApproval", task.needsApproval());
		health.withDetail(task.task(), details);
		if (task.down()) {
			health.down();
		}
	}

}
