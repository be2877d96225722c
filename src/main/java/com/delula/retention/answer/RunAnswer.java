package com.delula.retention.answer;

import java.util.UUID;

import com.delula.retention.run.Run;
import com.delula.retention.run.RunOutcome;
import com.delula.retention.run.RunStatus;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a caller who waited for a run at an older address.
 *
 * @param success whether it came to its end
 * @param message how it ended, in a sentence
 * @param runId the run
 * @param dryRun whether it only counted
 * @param status how it ended
 * @param note what a dry run says of the run, such as that it would be refused; left out
 * where there is nothing
 * @param counts the fields that are the address's own
 */
@JsonPropertyOrder({ "success", "message", "runId", "dryRun", "status", "note" })
public record RunAnswer(boolean success, String message, UUID runId, boolean dryRun, String status,
		@JsonInclude(Include.NON_NULL) @Nullable String note, @JsonUnwrapped RunCounts counts) implements RunReply {

	/**
	 * The whole answer.
	 * @param what what was run, in words that begin a sentence
	 * @param outcome how it ended
	 * @param counts the fields that are the address's own
	 */
	public static RunAnswer of(String what, RunOutcome outcome, RunCounts counts) {
		Run run = outcome.run();
		return new RunAnswer(run.status() == RunStatus.SUCCEEDED, message(what, run), run.id(), run.dryRun(),
				run.status().label(), run.dryRun() ? run.note() : null, counts);
	}

	/** How it ended, in a sentence. */
	public static String message(String what, Run run) {
		String done = run.restores() ? "restored" : "removed";
		return switch (run.status()) {
			case SUCCEEDED -> what + " completed successfully";
			case CANCELLED -> what + " was cancelled; what it " + done + " until then is counted";
			case TIMED_OUT -> what + " timed out; what it " + done + " until then is counted and the next run goes on";
			case FAILED -> what + " failed: " + run.error() + ". What it " + done + " until then is counted.";
			case REFUSED -> what + " was refused: " + run.error() + ".";
			default -> what + " was interrupted; what it " + done + " until then is counted";
		};
	}

}
