package com.delula.retention.run.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import com.delula.retention.database.SqlFault;
import com.delula.retention.run.RetentionStep;
import com.delula.retention.run.RetentionTask;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.Span;
import com.delula.retention.run.Stock;
import com.delula.retention.run.batch.Backoff;
import com.delula.retention.run.history.LeaseLostException;
import com.delula.retention.validation.Setting;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what a run has to do: fixes what stays and where the walk ends, once, and
 * then counts. A run goes on without the count where that takes too long.
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

	/** The steps of the run, in order; none if it is told to stop before. */
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
				log.info("Run {} tries again to count: {}", this.scope.runId(), SqlFault.reason(ex));
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
		List<Stock> stocks = count();
		record(stocks);
		List<List<Span>> fixed = (this.spans != null) ? this.spans : List.of();
		return IntStream.range(0, this.steps.size())
			.mapToObj((i) -> new Part(this.steps.get(i), fixed.get(i), stocks.isEmpty() ? null : stocks.get(i)))
			.toList();
	}

	/** The steps' stocks; none if counting them takes too long. */
	private List<Stock> count() {
		try {
			return this.context.transaction()
				.count(this::fixAndCount, this.context.stop(),
						isDry() ? this.context.properties().maxDuration() : this.context.properties().countTimeout());
		}
		catch (RuntimeException ex) {
			if (isDry() || this.spans == null || !SqlFault.isCanceled(ex) || this.context.mustStop()) {
				throw ex;
			}
			log.warn("Run {} goes on without a count of what is due: counting took longer than {}", this.scope.runId(),
					Setting.text(this.context.properties().countTimeout()));
			return List.of();
		}
	}

	/** In one snapshot, so that the first count is of exactly what the walk goes over. */
	private List<Stock> fixAndCount() {
		if (this.spans == null) {
			List<List<Span>> found = new ArrayList<>();
			this.steps.forEach((step) -> found.add(step.spans()));
			this.spans = found;
		}
		return this.steps.stream().map(RetentionStep::takeStock).toList();
	}

	private void record(List<Stock> stocks) {
		Long due = stocks.isEmpty() ? null : stocks.stream().mapToLong(Stock::due).sum();
		long kept = isDry() ? stocks.stream().mapToLong(Stock::keptReferenced).sum() : 0;
		if (this.context.transaction().record(this.scope, due, kept)) {
			this.context.stop().give(RunStatus.CANCELLED);
		}
	}

	private boolean isDry() {
		return this.scope.request().dryRun();
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
