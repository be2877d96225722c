package com.delula.retention.admin;

import java.util.Map;

import com.delula.retention.run.RunOutcome;
import org.jspecify.annotations.Nullable;

/** The run that a caller waited for has failed. */
final class RunFailedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient RunOutcome outcome;

	private final transient Map<String, @Nullable Object> counts;

	RunFailedException(RunOutcome outcome, Map<String, @Nullable Object> counts) {
		super("The run failed: " + outcome.run().error() + ". What it removed until then is counted.");
		this.outcome = outcome;
		this.counts = counts;
	}

	RunOutcome outcome() {
		return this.outcome;
	}

	Map<String, @Nullable Object> counts() {
		return this.counts;
	}

}
