package com.delula.retention.admin;

/** There is no run with the id. */
final class NoSuchRunException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	NoSuchRunException() {
		super("There is no run with this id. GET /api/admin/runs lists all runs.");
	}

}
