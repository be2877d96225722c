package com.delula.retention.option;

/**
 * A value as it was sent.
 *
 * @param text what was sent, as text
 * @param form what it was sent as
 */
public record RawValue(String text, Form form) {

	/** What a value was sent as. */
	public enum Form {

		/** Without a type: a query parameter, a field of a form, an argument. */
		PLAIN,

		/** A JSON string. */
		STRING,

		/** A JSON number without fraction and exponent. */
		INTEGER,

		/** A JSON number with fraction or exponent. */
		DECIMAL,

		/** A JSON {@code true} or {@code false}. */
		BOOLEAN,

		/** Anything else that JSON has. */
		OTHER

	}

	/** The value as an error shows it: a JSON string with its quotes. */
	String shown() {
		return (this.form == Form.STRING) ? "\"" + this.text + "\"" : this.text;
	}

	/** A value that came without a type. */
	public static RawValue plain(String text) {
		return new RawValue(text, Form.PLAIN);
	}

}
