package com.delula.retention.doctor;

import java.util.Locale;

/** How serious a finding is, in ascending order. */
public enum Severity {

	/** The check passed. */
	OK,

	/** Worth knowing. */
	INFO,

	/** Slows cleanups down, or may make them fail. */
	WARNING,

	/** Removes rows that no rule covers, or stops cleanups. */
	CRITICAL;

	/** The name outside of Java. */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
