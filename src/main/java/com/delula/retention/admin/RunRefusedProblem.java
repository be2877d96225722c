package com.delula.retention.admin;

import java.util.Map;

import com.delula.retention.answer.RunCounts;
import com.delula.retention.run.Run;
import org.jspecify.annotations.Nullable;

/**
 * The run that a caller waited for was refused: more rows were due than it may remove.
 */
final class RunRefusedProblem extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Run run;

	RunRefusedProblem(Run run) {
		super("The run was refused: " + run.error() + ".");
		this.run = run;
	}

	Run run() {
		return this.run;
	}

	RunCounts counts() {
		return new Counts(this.run.rowsDue(), this.run.expectedRows(), this.run.rowsRemoved(),
				this.run.removedByTable());
	}

	/**
	 * What a refused run had counted.
	 *
	 * @param rowsDue rows found due at its start; null if they could not be counted
	 * @param expectedRows the most that the caller expected
	 * @param rowsRemoved rows that are gone; 0 unless more became due during the run
	 * @param removedByTable the same, by table
	 */
	private record Counts(@Nullable Long rowsDue, @Nullable Long expectedRows, long rowsRemoved,
			Map<String, Long> removedByTable) implements RunCounts {

	}

}
