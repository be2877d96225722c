package com.delula.retention.validation;

/** A configuration value is invalid; the message is the one line for the operator. */
public final class InvalidSettingException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private InvalidSettingException(String message) {
		super(message);
	}

	public InvalidSettingException(String property, Object value, String allowed) {
		this("Invalid " + property + "=" + value + ": must be " + allowed);
	}

	/** A setting is missing; the message says which and how to set it. */
	public static InvalidSettingException missing(String message) {
		return new InvalidSettingException(message);
	}

}
