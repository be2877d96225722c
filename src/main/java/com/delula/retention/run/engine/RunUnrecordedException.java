package com.delula.retention.run.engine;

import com.delula.retention.run.Run;

/**
 * A run has ended but its end could not be recorded, because the database stayed away. It
 * is recorded as soon as the database is back, by this instance or another.
 */
public final class RunUnrecordedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Run run;

	RunUnrecordedException(Run run) {
		super("Run " + run.id() + " has ended, but that could not be recorded");
		this.run = run;
	}

	/** The run as last known. */
	public Run run() {
		return this.run;
	}

}
