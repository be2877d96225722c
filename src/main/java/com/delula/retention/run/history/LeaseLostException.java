package com.delula.retention.run.history;

/** A batch found that its run is no longer this instance's to carry out; it is undone. */
public final class LeaseLostException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	LeaseLostException() {
		super("The lock of this run was lost");
	}

}
