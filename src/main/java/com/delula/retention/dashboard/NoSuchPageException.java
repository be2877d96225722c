package com.delula.retention.dashboard;

/** What an address names is not there. */
final class NoSuchPageException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private NoSuchPageException(String message) {
		super(message);
	}

	static NoSuchPageException run() {
		return new NoSuchPageException("There is no such run");
	}

	static NoSuchPageException action() {
		return new NoSuchPageException("There is no such action");
	}

}
