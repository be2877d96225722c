package com.delula.retention.admin;

import com.delula.retention.run.Run;

/** A run that is to be changed has ended. */
final class RunEndedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Run run;

	RunEndedException(Run run) {
		super("The run has ended (" + run.status().label() + "). Nothing was changed.");
		this.run = run;
	}

	Run run() {
		return this.run;
	}

}
