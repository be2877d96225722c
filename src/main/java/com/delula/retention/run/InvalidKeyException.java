package com.delula.retention.run;

/** A text is no key of a table. */
public final class InvalidKeyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String allowed;

	/**
	 * A text is no key.
	 * @param allowed what is one, in words that follow "must be"
	 */
	public InvalidKeyException(String allowed) {
		super("Not a key: must be " + allowed);
		this.allowed = allowed;
	}

	/** What a key is, in words that follow "must be". */
	public String allowed() {
		return this.allowed;
	}

}
