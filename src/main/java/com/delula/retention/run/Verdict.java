package com.delula.retention.run;

import java.util.Locale;

/** What becomes of one row of a rule's table. */
public enum Verdict {

	/** The next regular run removes it. */
	DUE,

	/** It is not old enough yet. */
	TOO_YOUNG,

	/** It is one of the newest of its group, which stay whatever their age. */
	KEPT_NEWEST,

	/** A policy holds it. */
	HELD,

	/** It would be due, but another row refers to it. */
	REFERENCED,

	/** The rule does not cover it. */
	NOT_COVERED,

	/** A run removed it, and the undo window still has it. */
	REMOVED,

	/** There is no such row, and nothing is known of one. */
	UNKNOWN;

	/** The name used in JSON, such as {@code kept-newest}. */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
