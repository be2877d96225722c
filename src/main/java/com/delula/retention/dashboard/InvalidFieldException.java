package com.delula.retention.dashboard;

/** A field of a form that cannot be understood; nothing is guessed. */
final class InvalidFieldException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private InvalidFieldException(String message) {
		super(message);
	}

	static InvalidFieldException unknown(String name) {
		return new InvalidFieldException("There is no option '" + name + "'");
	}

	static InvalidFieldException repeated(String name) {
		return new InvalidFieldException("The option '" + name + "' is there more than once");
	}

	static InvalidFieldException invalid(String name, String allowed) {
		return new InvalidFieldException("The option '" + name + "' must be " + allowed);
	}

}
