package com.delula.retention.run.engine;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import com.delula.retention.rule.Rule;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RetentionStep;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunObserver;
import com.delula.retention.run.RunProperties;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.StopSignal;
import com.delula.retention.run.batch.BatchSeries;
import com.delula.retention.run.batch.BatchSizer;
import com.delula.retention.run.batch.BatchTransaction;
import com.delula.retention.run.batch.Pace;
import com.delula.retention.run.batch.WaypointSampler;
import com.delula.retention.run.lock.TaskLease;
import com.delula.retention.run.steering.Gate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.function.SingletonSupplier;

/** What the workers of one run share. */
final class RunContext {

	private static final Logger log = LoggerFactory.getLogger(RunContext.class);

	private final EngineParts parts;

	private final TaskLease lease;

	private final StopSignal stop = new StopSignal();

	private final BatchSizer sizer;

	private final Pace pace;

	private final Gate gate;

	private final BatchSeries.Progress series = new BatchSeries.Progress();

	private final Supplier<Boolean> seriesUsable;

	private final long deadline;

	RunContext(EngineParts parts, TaskLease lease, RunScope scope, Rule rule) {
		RunProperties properties = parts.properties();
		this.parts = parts;
		this.lease = lease;
		this.pace = new Pace(properties.dutyCycle(scope.request().mode()), RandomGenerator.getDefault());
		this.sizer = new BatchSizer(properties.batch(), scope.request().mode(), this.pace.isFullSpeed());
		this.gate = parts.gates().of(scope, rule, this.stop, this::changePace);
		this.seriesUsable = SingletonSupplier.of(() -> parts.batches().series().isUsable());
		this.deadline = System.nanoTime() + properties.maxDuration().toNanos();
	}

	RunProperties properties() {
		return this.parts.properties();
	}

	BatchTransaction transaction() {
		return this.parts.batches();
	}

	WaypointSampler sampler() {
		return this.parts.sampler();
	}

	/** What bounds a run at this moment. */
	Bounds bounds(RunRequest request, Rule rule) {
		return Bounds.of(request, rule, this.parts.approvals().refusedRun(request.task()).orElse(null));
	}

	StopSignal stop() {
		return this.stop;
	}

	BatchSizer sizer() {
		return this.sizer;
	}

	/** Whether the database takes many batches in one call. */
	boolean mayUseSeries() {
		return Boolean.TRUE.equals(this.seriesUsable.get());
	}

	/** How far the run's series have come. */
	BatchSeries.Progress series() {
		return this.series;
	}

	Pace pace() {
		return this.pace;
	}

	Gate gate() {
		return this.gate;
	}

	private void changePace(double dutyCycle) {
		this.pace.change(dutyCycle);
		this.sizer.changed(this.pace.isFullSpeed());
	}

	/**
	 * Looks at the stop signal and the clock, which stands still while the run waits;
	 * asked before every batch.
	 */
	boolean mustStop() {
		if (System.nanoTime() - this.deadline > this.gate.stood()) {
			this.stop.give(RunStatus.TIMED_OUT);
		}
		return this.stop.isGiven();
	}

	/**
	 * Called when a batch was fenced off. Goes on if the lock can be had again and nobody
	 * has closed the run meanwhile; ends the run otherwise.
	 */
	void regain(RunScope scope) {
		boolean held = this.lease.renew();
		boolean open = held && this.parts.closer().isOpen(scope.runId());
		if (!open) {
			log.warn("Run {} lost its lock and stops", scope.runId());
			this.stop.give(RunStatus.INTERRUPTED);
		}
	}

	void opened(Run run, List<String> tables) {
		for (RunObserver observer : this.parts.observers()) {
			try {
				observer.opened(run, tables);
			}
			catch (RuntimeException ex) {
				log.warn("An observer failed; the run continues", ex);
			}
		}
	}

	void observe(RunScope scope, RetentionStep step, long rows, Duration duration) {
		for (RunObserver observer : this.parts.observers()) {
			try {
				if (scope.request().mode() == Mode.RESTORE) {
					observer.restored(scope.request().task(), step.table(), rows, duration);
					continue;
				}
				observer.removed(scope.request().task(), step.table(), rows, duration);
			}
			catch (RuntimeException ex) {
				log.warn("An observer failed; the run continues", ex);
			}
		}
	}

}
