package com.delula.retention.run.engine;

/** A run may not begin to remove rows; the message says why. */
final class RunRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	RunRefusedException(String message) {
		super(message);
	}

}
