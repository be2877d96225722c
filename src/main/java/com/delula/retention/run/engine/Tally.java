package com.delula.retention.run.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.delula.retention.rule.Rule;
import com.delula.retention.run.BatchResult;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RetentionStep;
import com.delula.retention.run.RunOutcome.StepOutcome;
import com.delula.retention.run.Stock;
import com.delula.retention.run.history.Ending;
import org.jspecify.annotations.Nullable;

/** Adds up what the workers of one step removed. */
final class Tally {

	private final String table;

	private final Map<@Nullable String, Long> removedByGroup = new HashMap<>();

	private final ReasonTally reasons = new ReasonTally();

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
		this.reasons.add(result);
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
				new HashMap<>(this.removedByGroup), this.reasons.rows());
	}

	/** Rows that all steps removed or put back. */
	static long removed(List<StepOutcome> steps) {
		return steps.stream().mapToLong(StepOutcome::removed).sum();
	}

	/** Rows that all steps removed, by group. */
	private static Map<@Nullable String, Long> byGroup(List<StepOutcome> steps) {
		Map<@Nullable String, Long> removed = new HashMap<>();
		steps.forEach((step) -> step.removedByGroup().forEach((group, rows) -> removed.merge(group, rows, Long::sum)));
		return removed;
	}

	/**
	 * An end with what all steps removed, by group and reason as far as the rule has
	 * them.
	 */
	static Ending counted(Ending ending, Rule rule, List<StepOutcome> steps) {
		return ending.counted(removed(steps), (rule.groupColumn() != null) ? byGroup(steps) : null,
				(rule.reasonColumn() != null) ? ReasonTally.of(steps) : null);
	}

	/** What a dry run counted by table; rows put back count below zero. */
	static Map<String, Long> byTable(List<RetentionStep> steps, List<Stock> stocks, Mode mode) {
		int sign = (mode == Mode.RESTORE) ? -1 : 1;
		Map<String, Long> rows = new HashMap<>();
		for (int i = 0; i < stocks.size(); i++) {
			long due = stocks.get(i).due();
			if (due > 0) {
				rows.put(steps.get(i).table(), sign * due);
			}
		}
		return rows;
	}

	/** What a run would do, as a dry run answers it. */
	static StepOutcome expected(String table, Stock stock) {
		Map<@Nullable String, Long> due = new HashMap<>();
		stock.groups().forEach((group, count) -> due.put(group, count.due()));
		return new StepOutcome(table, stock, stock.due(), stock.keptReferenced(), 0, due, Map.of());
	}

}
