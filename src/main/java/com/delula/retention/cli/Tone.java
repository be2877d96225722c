package com.delula.retention.cli;

import com.delula.retention.run.RunStatus;
import org.jspecify.annotations.Nullable;

/** What a text means, as a colour where the terminal has colours. */
enum Tone {

	/** It went well. */
	GOOD("32"),

	/** It needs a look. */
	FAIR("33"),

	/** It went wrong. */
	BAD("31"),

	/** It is under way. */
	BUSY("36"),

	/** A heading. */
	STRONG("1");

	private final String code;

	Tone(String code) {
		this.code = code;
	}

	/** The tone of a run's status. */
	static Tone of(RunStatus status) {
		return switch (status) {
			case SUCCEEDED -> GOOD;
			case RUNNING -> BUSY;
			case FAILED -> BAD;
			case CANCELLED, INTERRUPTED, TIMED_OUT, REFUSED -> FAIR;
		};
	}

	String paint(String text) {
		return "\u001B[" + this.code + "m" + text + "\u001B[0m";
	}

	/**
	 * A value with a tone, for a {@link Table}.
	 *
	 * @param text the value
	 * @param tone its tone; null for none
	 */
	record Toned(String text, @Nullable Tone tone) {

	}

}
