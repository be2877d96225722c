package com.delula.retention.run.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

import com.delula.retention.database.SqlFault;
import com.delula.retention.run.RetentionStep;
import com.delula.retention.run.RetentionTask;
import com.delula.retention.run.RunProperties;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.Span;
import com.delula.retention.run.Stock;
import com.delula.retention.run.batch.Backoff;
import com.delula.retention.run.history.Found;
import com.delula.retention.run.history.LeaseLostException;
import com.delula.retention.validation.Setting;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what a run has to do: fixes what stays and where the walk ends, once, and
 * then counts, in the same snapshot. A run without a limit at full speed does not wait
 * for a long count, and goes on without one that takes too long. One with a limit is
 * refused then, as it is where more is due.
 */
final class Planner {

	private static final Logger log = LoggerFactory.getLogger(Planner.class);

	/** Shorter counts are over before the first row goes. */
	private static final Duration HEAD_START = Duration.ofMillis(30);

	private final RunScope scope;

	private final RetentionTask task;

	private final RunContext context;

	private final Executor executor;

	private List<RetentionStep> steps = List.of();

	private boolean prepared;

	/** Where the walks begin and end. */
	private final CompletableFuture<List<List<Span>>> spans = new CompletableFuture<>();

	Planner(RunScope scope, RetentionTask task, RunContext context, Executor executor) {
		this.scope = scope;
		this.task = task;
		this.context = context;
		this.executor = executor;
	}

	/**
	 * The steps of the run, in order; none if it is told to stop before.
	 * @throws RunRefusedException if more is due than it may remove
	 */
	List<PlannedStep> plan() {
		Backoff backoff = new Backoff(this.context.properties().retryFor());
		while (!this.context.mustStop()) {
			try {
				return attempt();
			}
			catch (RuntimeException ex) {
				if (this.context.mustStop()) {
					log.info("Run {} ended while it counted: {}", this.scope.runId(), SqlFault.reason(ex));
					break;
				}
				if (ex instanceof LeaseLostException || SqlFault.of(ex) == SqlFault.OTHER
						|| !backoff.pause(this.context.stop())) {
					throw ex;
				}
				log.info("Run {} retries its count: {}", this.scope.runId(), SqlFault.reason(ex));
			}
		}
		return List.of();
	}

	private List<PlannedStep> attempt() {
		if (this.steps.isEmpty()) {
			this.steps = this.task.steps(this.scope);
		}
		if (!this.prepared && !isDry()) {
			this.context.transaction().prepare(this.steps, this.context.stop());
			this.prepared = true;
		}
		Bounds bounds = this.context.bounds(this.scope.request(), this.task.rule());
		CompletableFuture<List<Stock>> stocks = await(
				CompletableFuture.supplyAsync(() -> countAndRecord(bounds), this.executor), mayRunAhead(bounds));
		List<List<Span>> fixed = this.spans.join();
		return IntStream.range(0, this.steps.size())
			.mapToObj((i) -> new PlannedStep(this.steps.get(i), fixed.get(i),
					stocks.thenApply((found) -> found.isEmpty() ? null : found.get(i))))
			.toList();
	}

	/** Beside a run at full speed a count is not felt. */
	private boolean mayRunAhead(Bounds bounds) {
		return !isDry() && !bounds.mayRefuse() && this.context.pace().isFullSpeed();
	}

	/**
	 * Waits for a count, or only for its head start once it is known what is counted.
	 * What still goes on then does not fail.
	 */
	private CompletableFuture<List<Stock>> await(CompletableFuture<List<Stock>> count, boolean ahead) {
		try {
			if (!ahead) {
				count.join();
				return count;
			}
			CompletableFuture.anyOf(this.spans, count).join();
			count.copy().orTimeout(HEAD_START.toMillis(), TimeUnit.MILLISECONDS).join();
			return count;
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof TimeoutException) {
				return count.exceptionally(this::uncounted);
			}
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	private List<Stock> uncounted(Throwable failure) {
		if (!this.context.stop().isGiven()) {
			log.warn("Run {} continues without a count of the rows due: {}", this.scope.runId(),
					SqlFault.reason(failure));
		}
		return List.of();
	}

	private List<Stock> countAndRecord(Bounds bounds) {
		Counted counted = count(bounds);
		record(counted, bounds);
		return counted.stocks();
	}

	/** No stocks if counting them takes too long. */
	private Counted count(Bounds bounds) {
		Duration limit = countTimeout(bounds);
		try {
			return this.context.transaction().count(() -> fixAndCount(bounds), this.context.stop(), limit);
		}
		catch (RuntimeException ex) {
			if (isDry() || !SqlFault.isCanceled(ex) || this.context.mustStop()) {
				throw ex;
			}
			if (bounds.any()) {
				throw new RunRefusedException(Bounds.uncounted(limit));
			}
			if (!this.spans.isDone()) {
				throw ex;
			}
			log.warn("Run {} continues without a count of the rows due: counting took longer than {}",
					this.scope.runId(), Setting.text(limit));
			return Counted.NOTHING;
		}
	}

	/** A count that the run cannot do without may take half of its time. */
	private Duration countTimeout(Bounds bounds) {
		RunProperties properties = this.context.properties();
		if (isDry()) {
			return properties.maxDuration();
		}
		return bounds.any() ? properties.maxDuration().dividedBy(2) : properties.countTimeout();
	}

	/** In one snapshot, so that the first count is of exactly what the walk goes over. */
	private Counted fixAndCount(Bounds bounds) {
		if (!this.spans.isDone()) {
			this.spans.complete(this.steps.stream().map(RetentionStep::spans).toList());
		}
		List<Stock> stocks = this.steps.stream().map(this::takeStock).toList();
		return new Counted(stocks, (bounds.maxShare() != null) ? this.task.countAll() : 0);
	}

	private Stock takeStock(RetentionStep step) {
		if (this.context.stop().isGiven()) {
			throw new IllegalStateException("The run ends");
		}
		return step.takeStock();
	}

	private void record(Counted counted, Bounds bounds) {
		Long due = counted.due();
		long kept = isDry() ? counted.stocks().stream().mapToLong(Stock::keptReferenced).sum() : 0;
		Found found = new Found(due, kept, bounds.limit(counted.total()),
				isDry() ? Tally.byTable(this.steps, counted.stocks(), this.scope.request().mode()) : Map.of());
		if (write(found)) {
			this.context.stop().give(RunStatus.CANCELLED);
		}
		String objection = bounds.objection(due, counted.total());
		if (objection != null) {
			throw new RunRefusedException(objection);
		}
	}

	/** What was counted once can't be counted again beside a run that has begun. */
	private boolean write(Found found) {
		Backoff backoff = new Backoff(this.context.properties().retryFor());
		while (true) {
			try {
				return this.context.transaction().record(this.scope, found);
			}
			catch (RuntimeException ex) {
				if (SqlFault.of(ex) == SqlFault.OTHER || !backoff.pause(this.context.stop())) {
					throw ex;
				}
			}
		}
	}

	private boolean isDry() {
		return this.scope.request().dryRun();
	}

	/**
	 * What was counted.
	 *
	 * @param stocks of each step; none if counting took too long
	 * @param total the rows of all tables; 0 if nobody asked
	 */
	private record Counted(List<Stock> stocks, long total) {

		static final Counted NOTHING = new Counted(List.of(), 0);

		@Nullable Long due() {
			return this.stocks.isEmpty() ? null : this.stocks.stream().mapToLong(Stock::due).sum();
		}

	}

}
