package com.delula.retention.run;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An ended run with the details that the history does not keep.
 *
 * @param run the run as closed
 * @param steps what became of each step, in order
 */
public record RunOutcome(Run run, List<StepOutcome> steps) {

	/**
	 * Whether the steps count more than the history, which is right: the database went
	 * back in a failover, and nobody knows by step or group what is gone.
	 */
	public boolean overcounts() {
		return !this.run.dryRun()
				&& this.steps.stream().mapToLong(StepOutcome::removed).sum() > Math.abs(this.run.rowsRemoved());
	}

	/**
	 * One step's part.
	 *
	 * @param table the table
	 * @param stock what was found before the run; null if counting took too long or
	 * failed
	 * @param removed rows removed or, in a dry run, rows that would be
	 * @param keptReferenced rows kept because others refer to them
	 * @param leftLocked rows left to the next run because others held them
	 * @param removedByGroup the same as {@code removed}, by group
	 * @param removedByReason the same by reason; empty where nobody counted by that, and
	 * in a dry run
	 */
	public record StepOutcome(String table, @Nullable Stock stock, long removed, long keptReferenced, long leftLocked,
			Map<@Nullable String, Long> removedByGroup, Map<@Nullable String, Long> removedByReason) {

	}

}
