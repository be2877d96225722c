package com.delula.retention.run.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import com.delula.retention.database.SqlFault;
import com.delula.retention.run.RetentionStep;
import com.delula.retention.run.RetentionTask;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunOutcome;
import com.delula.retention.run.RunOutcome.StepOutcome;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.Span;
import com.delula.retention.run.Stock;
import com.delula.retention.run.StopSignal;
import com.delula.retention.run.batch.Backoff;
import com.delula.retention.run.batch.SliceSource;
import com.delula.retention.run.batch.Waypoints;
import com.delula.retention.run.history.Ending;
import com.delula.retention.run.history.LeaseLostException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out one run, from its stock to its end. */
final class RunExecution {

	private static final Logger log = LoggerFactory.getLogger(RunExecution.class);

	/** How long a caller waits for the end of a run to be recorded. */
	private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(20);

	private final Run opened;

	private final RunScope scope;

	private final RetentionTask task;

	private final RunContext context;

	private final RunCloser closer;

	private final Executor executor;

	private final CompletableFuture<RunOutcome> outcome = new CompletableFuture<>();

	private final List<Supplier<StepOutcome>> steps = new ArrayList<>();

	private final EndReasons reasons;

	private volatile Ending ending = new Ending(RunStatus.INTERRUPTED, null, null);

	RunExecution(Run opened, RunScope scope, RetentionTask task, RunContext context, RunCloser closer,
			Executor executor) {
		this.opened = opened;
		this.scope = scope;
		this.task = task;
		this.context = context;
		this.closer = closer;
		this.executor = executor;
		this.reasons = new EndReasons(opened, context.properties());
	}

	RunTicket ticket() {
		return new RunTicket(this.opened, this.outcome);
	}

	StopSignal stop() {
		return this.context.stop();
	}

	/** The instance ends, and the run after its batch. */
	void interrupt() {
		this.reasons.stopping();
		stop().give(RunStatus.INTERRUPTED);
	}

	/** Something is wanted of the run. */
	void lookAgain() {
		this.context.gate().lookAgain();
	}

	/**
	 * Does the work and closes the run.
	 * @return the closed run; null if the database stayed away to the very end
	 */
	@Nullable RunOutcome call() {
		this.context.opened(this.opened, this.task.tables());
		try {
			carryOut();
		}
		catch (LeaseLostException ex) {
			this.context.stop().give(RunStatus.INTERRUPTED);
		}
		catch (RunRefusedException ex) {
			this.ending = new Ending(RunStatus.REFUSED, ex.getMessage(), null);
			return close();
		}
		catch (RuntimeException ex) {
			this.context.stop().give(RunStatus.FAILED);
			this.ending = new Ending(RunStatus.FAILED, this.reasons.explain(ex), note());
			return close();
		}
		RunStatus stopped = this.context.stop().status();
		this.ending = (stopped != null) ? new Ending(stopped, this.reasons.of(stopped, recorded()), note())
				: new Ending(RunStatus.SUCCEEDED, null, note());
		return close();
	}

	/** The run with what people have done to it; empty if the database is away. */
	private Optional<Run> recorded() {
		try {
			return this.closer.find(this.scope.runId());
		}
		catch (RuntimeException ex) {
			log.debug("Who ended run {} cannot be read", this.scope.runId(), ex);
			return Optional.empty();
		}
	}

	private @Nullable String note() {
		if (this.scope.request().dryRun()) {
			return Bounds.warning(this.scope.request(), Tally.removed(outcomes()));
		}
		return RunNote.of(outcomes(), this.scope.request().mode(), this.context.stop().isGiven());
	}

	/**
	 * Tries once more to close a run that could not be closed when it ended.
	 * @throws RuntimeException if it still cannot be
	 */
	void closeLate() {
		this.closer.close(this.scope.runId(), this.task, this.ending, true);
	}

	/** Completes the tickets that callers wait for. */
	void tell(@Nullable RunOutcome ended) {
		if (ended != null) {
			this.outcome.complete(ended);
			return;
		}
		this.outcome.completeExceptionally(new RunUnrecordedException(this.opened));
	}

	private void carryOut() {
		for (PlannedStep part : new Planner(this.scope, this.task, this.context, this.executor).plan()) {
			if (this.context.mustStop()) {
				return;
			}
			carryOut(part);
		}
	}

	private void carryOut(PlannedStep part) {
		if (this.scope.request().dryRun()) {
			Stock stock = Objects.requireNonNull(part.stock().join());
			this.steps.add(() -> Tally.expected(part.step().table(), stock));
			return;
		}
		Tally tally = new Tally(part.step().table());
		this.steps.add(() -> tally.outcome(part.stock().join()));
		for (Span span : part.spans()) {
			Stock known = part.stock().getNow(null);
			walk(part.step(), span, (known != null) ? known.considered() : null, tally);
		}
	}

	/** What became of the steps that were begun; waits for a count that still goes on. */
	private List<StepOutcome> outcomes() {
		return this.steps.stream().map(Supplier::get).toList();
	}

	private void walk(RetentionStep step, Span span, @Nullable Long rows, Tally tally) {
		if (this.context.mustStop()) {
			return;
		}
		Waypoints waypoints = span.timed() ? this.context.sampler().sample(step, rows) : Waypoints.NONE;
		int workers = step.isConcurrent() ? this.context.properties().workers() : 1;
		work(step, new SliceSource(this.context.transaction(), step, span, rows, waypoints, workers), workers, tally);
	}

	private void work(RetentionStep step, SliceSource source, int count, Tally tally) {
		List<CompletableFuture<Void>> workers = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			StepWorker worker = new StepWorker(this.scope, step, this.context, source, tally);
			workers.add(CompletableFuture.runAsync(worker::work, this.executor)
				.whenComplete((nothing, failure) -> stopOthers(failure)));
		}
		try {
			CompletableFuture.allOf(workers.toArray(CompletableFuture[]::new)).join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	private void stopOthers(@Nullable Throwable failure) {
		if (failure != null) {
			this.context.stop().give(RunStatus.FAILED);
		}
	}

	/**
	 * Closes the run. Where the database stays away, whoever waits is told that the end
	 * is not recorded, and the engine closes it late.
	 */
	private @Nullable RunOutcome close() {
		if (!this.scope.request().dryRun()) {
			this.ending = Tally.counted(this.ending, this.task.rule(), outcomes());
		}
		Duration retryFor = this.context.properties().retryFor();
		Backoff backoff = new Backoff((retryFor.compareTo(CLOSING_PATIENCE) < 0) ? retryFor : CLOSING_PATIENCE);
		StopSignal never = new StopSignal();
		for (boolean again = false;; again = true) {
			try {
				return this.closer.close(this.scope.runId(), this.task, this.ending, again)
					.map((run) -> new RunOutcome(run, outcomes()))
					.orElse(null);
			}
			catch (RuntimeException ex) {
				log.info("Run {} has ended but cannot be closed yet: {}", this.scope.runId(), SqlFault.reason(ex));
				if (SqlFault.of(ex) == SqlFault.OTHER || !backoff.pause(never)) {
					log.error("Run {} stays open until it can be closed, by this instance or another",
							this.scope.runId(), ex);
					return null;
				}
			}
		}
	}

}
