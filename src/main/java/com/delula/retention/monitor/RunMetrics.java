package com.delula.retention.monitor;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunObserver;
import com.delula.retention.run.RunStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * Counts runs and rows. Registers all meters of all rules at the start, so that zero is
 * visible. May not break a run.
 */
final class RunMetrics implements RunObserver {

	private final MeterRegistry registry;

	/** Filled later: counting takes the engine, which is created after its observers. */
	private final Map<String, DueRows> due = new HashMap<>();

	RunMetrics(MeterRegistry registry, Rules rules) {
		this.registry = registry;
		for (Rule rule : rules.all()) {
			rule.tableNames().forEach((table) -> removed(rule.name(), table));
			Mode.of(rule).forEach((mode) -> register(rule.name(), mode));
			if (rule.safeguards().undo() != null) {
				rule.tableNames().forEach((table) -> restored(rule.name(), table));
				register(rule.name(), Mode.RESTORE);
			}
			batches(rule.name());
		}
	}

	private void register(String task, Mode mode) {
		for (RunStatus status : RunStatus.values()) {
			if (status != RunStatus.RUNNING) {
				runs(task, mode, status);
			}
		}
		durations(task, mode);
	}

	void watch(String task, DueRows rows) {
		this.due.put(task, rows);
		Gauge.builder("retention.due.rows", rows, DueRows::rows)
			.description("Rows that a run would remove now, as of about a minute ago")
			.tag("task", task)
			.register(this.registry);
		Gauge.builder("retention.oldest.due", rows, DueRows::oldestSeconds)
			.description("Age of the oldest row that a run would remove now")
			.baseUnit("seconds")
			.tag("task", task)
			.register(this.registry);
		Gauge.builder("retention.last.success.timestamp", rows, DueRows::lastSuccessSeconds)
			.description("When a run last succeeded, 0 for never")
			.baseUnit("seconds")
			.tag("task", task)
			.register(this.registry);
		Gauge.builder("retention.overdue", rows, DueRows::overdue)
			.description("1 if no run has succeeded for two intervals of the schedule, else 0")
			.tag("task", task)
			.register(this.registry);
		Gauge.builder("retention.needs.approval", rows, DueRows::needsApproval)
			.description("1 if the task removes nothing by itself until somebody approves a refused run, else 0")
			.tag("task", task)
			.register(this.registry);
		Gauge.builder("retention.running", rows, DueRows::runningSeconds)
			.description("How long the current run has taken, on any instance; 0 if there is none")
			.baseUnit("seconds")
			.tag("task", task)
			.register(this.registry);
	}

	void limit(Duration maxDuration) {
		Gauge.builder("retention.run.limit", () -> maxDuration.toMillis() / 1000.0)
			.description("A run that takes longer ends as timed out, and the next one continues")
			.baseUnit("seconds")
			.register(this.registry);
	}

	@Override
	public void removed(String task, String table, long rows, Duration duration) {
		removed(task, table).increment(rows);
		batches(task).record(duration);
	}

	@Override
	public void restored(String task, String table, long rows, Duration duration) {
		restored(task, table).increment(rows);
		batches(task).record(duration);
	}

	@Override
	public void closed(Run run) {
		if (run.dryRun()) {
			return;
		}
		runs(run.task(), run.mode(), run.status()).increment();
		durations(run.task(), run.mode())
			.record(Duration.between(run.startedAt(), Objects.requireNonNull(run.finishedAt())));
		DueRows rows = this.due.get(run.task());
		if (rows != null) {
			rows.outdated();
		}
	}

	private Counter runs(String task, Mode mode, RunStatus status) {
		return Counter.builder("retention.runs")
			.description("Runs that have ended, without dry runs")
			.tag("task", task)
			.tag("mode", mode.label())
			.tag("status", status.label())
			.register(this.registry);
	}

	private Counter restored(String task, String table) {
		return Counter.builder("retention.rows.restored")
			.description("Rows put back")
			.tag("task", task)
			.tag("table", table)
			.register(this.registry);
	}

	private Counter removed(String task, String table) {
		return Counter.builder("retention.rows.removed")
			.description("Rows removed by this instance")
			.tag("task", task)
			.tag("table", table)
			.register(this.registry);
	}

	private Timer durations(String task, Mode mode) {
		return Timer.builder("retention.run")
			.description("Duration of runs")
			.tag("task", task)
			.tag("mode", mode.label())
			.register(this.registry);
	}

	private Timer batches(String task) {
		return Timer.builder("retention.batch")
			.description("Duration of batches, without pauses")
			.tag("task", task)
			.register(this.registry);
	}

}
