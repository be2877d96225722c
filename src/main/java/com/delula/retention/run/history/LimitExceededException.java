package com.delula.retention.run.history;

/** A batch would have removed more rows than its run may remove; it is undone. */
public final class LimitExceededException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	LimitExceededException() {
		super("The batch would have exceeded the limit of its run");
	}

}
