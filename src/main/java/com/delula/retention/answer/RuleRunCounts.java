package com.delula.retention.answer;

import java.util.Map;

import com.delula.retention.run.Run;
import com.delula.retention.run.RunOutcome;
import org.jspecify.annotations.Nullable;

/**
 * What any rule's run had counted when it failed.
 *
 * @param rowsDue rows found due at its start; null if they were not counted
 * @param rowsRemoved rows that are gone
 * @param rowsKeptReferenced rows that were due and stay because other rows refer to them
 * @param rowsLeftLocked rows that were due and stay because others held them for too long
 * @param removedByTable rows that are gone, by table
 */
public record RuleRunCounts(@Nullable Long rowsDue, long rowsRemoved, long rowsKeptReferenced, long rowsLeftLocked,
		Map<String, Long> removedByTable) implements RunCounts {

	/** The counts of a run that has ended. */
	public static RuleRunCounts of(RunOutcome outcome) {
		Run run = outcome.run();
		return new RuleRunCounts(run.rowsDue(), run.rowsRemoved(), run.rowsKeptReferenced(), run.rowsLeftLocked(),
				run.removedByTable());
	}

}
