package com.delula.retention.answer;

import java.util.LinkedHashMap;
import java.util.Map;

import com.delula.retention.run.Run;
import com.delula.retention.run.RunOutcome;
import com.delula.retention.run.RunStatus;
import org.jspecify.annotations.Nullable;

/** What is told of a run that has ended to whoever waited for it. */
public final class RunAnswer {

	private RunAnswer() {
	}

	/**
	 * The whole answer.
	 * @param what what was run, in words that begin a sentence
	 * @param outcome how it ended
	 * @param counts the fields that are the task's own
	 */
	public static Map<String, @Nullable Object> of(String what, RunOutcome outcome, RunCounts counts) {
		Run run = outcome.run();
		Map<String, @Nullable Object> body = new LinkedHashMap<>();
		body.put("success", run.status() == RunStatus.SUCCEEDED);
		body.put("message", message(what, run));
		body.put("runId", run.id());
		body.put("dryRun", run.dryRun());
		body.put("status", run.status().label());
		body.putAll(counts.fields());
		return body;
	}

	/** How it ended, in a sentence. */
	public static String message(String what, Run run) {
		return switch (run.status()) {
			case SUCCEEDED -> what + " completed successfully";
			case CANCELLED -> what + " was cancelled; what it removed until then is counted";
			case TIMED_OUT -> what + " timed out; what it removed until then is counted and the next run goes on";
			case FAILED -> what + " failed: " + run.error() + ". What it removed until then is counted.";
			default -> what + " was interrupted; what it removed until then is counted";
		};
	}

}
