package com.delula.retention.run.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.delula.retention.database.SqlFault;
import com.delula.retention.run.Mode;
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
 * then counts. A run without a limit goes on without the count where that takes too long;
 * one with a limit is refused, as it is where more is due.
 */
final class Planner {

	private static final Logger log = LoggerFactory.getLogger(Planner.class);

	private final RunScope scope;

	private final RetentionTask task;

	private final RunContext context;

	private List<RetentionStep> steps = List.of();

	private boolean prepared;

	private @Nullable List<List<Span>> spans;

	Planner(RunScope scope, RetentionTask task, RunContext context) {
		this.scope = scope;
		this.task = task;
		this.context = context;
	}

	/**
	 * The steps of the run, in order; none if it is told to stop before.
	 * @throws RunRefusedException if more is due than it may remove
	 */
	List<Part> plan() {
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

	private List<Part> attempt() {
		if (this.steps.isEmpty()) {
			this.steps = this.task.steps(this.scope);
		}
		if (!this.prepared && !isDry()) {
			this.context.transaction().prepare(this.steps, this.context.stop());
			this.prepared = true;
		}
		Bounds bounds = this.context.bounds(this.scope.request(), this.task.rule());
		Counted counted = count(bounds);
		record(counted, bounds);
		List<Stock> stocks = counted.stocks();
		List<List<Span>> fixed = (this.spans != null) ? this.spans : List.of();
		return IntStream.range(0, this.steps.size())
			.mapToObj((i) -> new Part(this.steps.get(i), fixed.get(i), stocks.isEmpty() ? null : stocks.get(i)))
			.toList();
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
			if (this.spans == null) {
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
		if (this.spans == null) {
			List<List<Span>> found = new ArrayList<>();
			this.steps.forEach((step) -> found.add(step.spans()));
			this.spans = found;
		}
		List<Stock> stocks = this.steps.stream().map(RetentionStep::takeStock).toList();
		return new Counted(stocks, (bounds.maxShare() != null) ? this.task.countAll() : 0);
	}

	private void record(Counted counted, Bounds bounds) {
		Long due = counted.due();
		long kept = isDry() ? counted.stocks().stream().mapToLong(Stock::keptReferenced).sum() : 0;
		Found found = new Found(due, kept, bounds.limit(counted.total()), isDry() ? byTable(counted) : Map.of());
		if (this.context.transaction().record(this.scope, found)) {
			this.context.stop().give(RunStatus.CANCELLED);
		}
		String objection = bounds.objection(due, counted.total());
		if (objection != null) {
			throw new RunRefusedException(objection);
		}
	}

	/** Rows put back count below zero, in a dry run too. */
	private Map<String, Long> byTable(Counted counted) {
		int sign = (this.scope.request().mode() == Mode.RESTORE) ? -1 : 1;
		Map<String, Long> rows = new HashMap<>();
		for (int i = 0; i < counted.stocks().size(); i++) {
			long due = counted.stocks().get(i).due();
			if (due > 0) {
				rows.put(this.steps.get(i).table(), sign * due);
			}
		}
		return rows;
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

	/**
	 * What a run has to do in one table.
	 *
	 * @param step the step
	 * @param spans where its walk begins and ends
	 * @param stock what was counted; null if counting took too long
	 */
	record Part(RetentionStep step, List<Span> spans, @Nullable Stock stock) {

		/** Rows that were due; 0 if nobody knows. */
		long due() {
			return (this.stock != null) ? this.stock.due() : 0;
		}
	}

}
