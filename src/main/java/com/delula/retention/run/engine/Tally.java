package com.delula.retention.run.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.delula.retention.run.BatchResult;
import com.delula.retention.run.RunOutcome.StepOutcome;
import com.delula.retention.run.Stock;
import org.jspecify.annotations.Nullable;

/** Adds up what the workers of one step removed. */
final class Tally {

	private final String table;

	private final Map<@Nullable String, Long> removedByGroup = new HashMap<>();

	private long removed;

	private long kept;

	private long locked;

	Tally(String table) {
		this.table = table;
	}

	synchronized void add(BatchResult result) {
		this.removed += result.removed();
		this.kept += result.keptReferenced();
		result.removedByGroup().forEach((group, rows) -> this.removedByGroup.merge(group, rows, Long::sum));
	}

	/** Rows that others held for too long. */
	synchronized void leave(long rows) {
		this.locked += rows;
	}

	/**
	 * What became of the step.
	 * @param stock what was found before; null if that is not known
	 */
	synchronized StepOutcome outcome(@Nullable Stock stock) {
		return new StepOutcome(this.table, stock, this.removed, this.kept, this.locked,
				new HashMap<>(this.removedByGroup));
	}

	/** Rows that all steps removed, by group. */
	static Map<@Nullable String, Long> byGroup(List<StepOutcome> steps) {
		Map<@Nullable String, Long> removed = new HashMap<>();
		steps.forEach((step) -> step.removedByGroup().forEach((group, rows) -> removed.merge(group, rows, Long::sum)));
		return removed;
	}

	/** What a run would do, as a dry run answers it. */
	static StepOutcome expected(String table, Stock stock) {
		Map<@Nullable String, Long> due = new HashMap<>();
		stock.groups().forEach((group, count) -> due.put(group, count.due()));
		return new StepOutcome(table, stock, stock.due(), stock.keptReferenced(), 0, due);
	}

}
