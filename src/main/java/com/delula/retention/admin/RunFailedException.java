package com.delula.retention.admin;

import com.delula.retention.answer.RunCounts;
import com.delula.retention.run.RunOutcome;

/** The run that a caller waited for has failed. */
final class RunFailedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient RunOutcome outcome;

	private final transient RunCounts counts;

	RunFailedException(RunOutcome outcome, RunCounts counts) {
		super("The run failed: " + outcome.run().error() + ". What it removed until then is counted.");
		this.outcome = outcome;
		this.counts = counts;
	}

	RunOutcome outcome() {
		return this.outcome;
	}

	RunCounts counts() {
		return this.counts;
	}

}
