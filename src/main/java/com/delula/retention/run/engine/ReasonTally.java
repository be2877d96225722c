package com.delula.retention.run.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.delula.retention.run.BatchResult;
import com.delula.retention.run.RunOutcome.StepOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what a step removed by reason. At full speed only some batches are counted so,
 * because that would slow them down by a tenth: each stands for those before it.
 */
final class ReasonTally {

	/** Of so many batches at full speed one is counted. */
	private static final int EVERY = 10;

	/** More than a report lists; each takes memory until the run ends. */
	private static final int MOST = 10_000;

	private final Map<@Nullable String, Double> rows = new HashMap<>();

	private double counted;

	private long uncounted;

	private boolean tooMany;

	/**
	 * Whether a worker's batch is to be counted.
	 * @param batch how many the worker has had before
	 */
	static boolean counts(boolean fullSpeed, long batch) {
		return !fullSpeed || batch % EVERY == 0;
	}

	void add(BatchResult result) {
		long told = result.removedByReason().values().stream().mapToLong(Long::longValue).sum();
		this.uncounted += result.removed() - told;
		if (told == 0 || this.tooMany) {
			return;
		}
		double weight = (told + this.uncounted) / (double) told;
		result.removedByReason().forEach((reason, count) -> this.rows.merge(reason, count * weight, Double::sum));
		this.counted += told * weight;
		this.uncounted = 0;
		this.tooMany = this.rows.size() > MOST;
	}

	/** The rows by reason; empty where nobody counted. */
	Map<@Nullable String, Long> rows() {
		Map<@Nullable String, Long> rounded = new HashMap<>();
		if (!this.tooMany && this.counted > 0) {
			double rest = (this.counted + this.uncounted) / this.counted;
			this.rows.forEach((reason, count) -> rounded.put(reason, Math.round(count * rest)));
		}
		return rounded;
	}

	/** What all steps removed; null unless each that removed rows was counted. */
	static @Nullable Map<@Nullable String, Long> of(List<StepOutcome> steps) {
		Map<@Nullable String, Long> removed = new HashMap<>();
		for (StepOutcome step : steps) {
			if (step.removed() > 0 && step.removedByReason().isEmpty()) {
				return null;
			}
			step.removedByReason().forEach((reason, rows) -> removed.merge(reason, rows, Long::sum));
		}
		return removed;
	}

}
