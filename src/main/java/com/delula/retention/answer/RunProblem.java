package com.delula.retention.answer;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.delula.retention.run.Run;
import com.delula.retention.run.RunOutcome;
import com.delula.retention.run.RunStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * A run that failed or was refused, as the problem that its caller receives.
 *
 * @param status the HTTP status
 * @param detail what happened, in a sentence
 * @param runId the run
 * @param counts what it had counted
 */
public record RunProblem(HttpStatus status, String detail, UUID runId, RunCounts counts) {

	/**
	 * The problem with a run; empty if there is none.
	 * @param counts what is told of a run that failed
	 */
	public static Optional<RunProblem> of(RunOutcome outcome, RunCounts counts) {
		Run run = outcome.run();
		if (run.status() == RunStatus.FAILED) {
			return Optional
				.of(new RunProblem(
						HttpStatus.INTERNAL_SERVER_ERROR, "The run failed: " + run.error() + ". What it "
								+ (run.restores() ? "restored" : "removed") + " until then is counted.",
						run.id(), counts));
		}
		if (run.status() == RunStatus.REFUSED) {
			return Optional.of(new RunProblem(HttpStatus.CONFLICT, "The run was refused: " + run.error() + ".",
					run.id(), Refused.of(run)));
		}
		return Optional.empty();
	}

	/** The same for every door. */
	public Problem problem() {
		return Problem.of(this.status, this.detail, this.runId, this.counts);
	}

	/**
	 * What a refused run had counted.
	 *
	 * @param rowsDue rows found due at its start; null if they could not be counted
	 * @param expectedRows the most that the caller expected; null without a number
	 * @param rowsRemoved rows that are gone; 0 unless more became due during the run
	 * @param removedByTable the same, by table
	 */
	private record Refused(@Nullable Long rowsDue, @Nullable Long expectedRows, long rowsRemoved,
			Map<String, Long> removedByTable) implements RunCounts {

		static Refused of(Run run) {
			return new Refused(run.rowsDue(), run.expectedRows(), run.rowsRemoved(), run.removedByTable());
		}

	}

}
