package com.delula.retention.run.engine;

/** This instance is shutting down and begins no more runs. */
public final class StoppingException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	StoppingException() {
		super("This instance is shutting down");
	}

}
