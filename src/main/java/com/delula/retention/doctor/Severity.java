package com.delula.retention.doctor;

import java.util.Locale;

/** How bad a finding is, from good to bad. */
public enum Severity {

	/** Looked at and in order. */
	OK,

	/** Worth knowing. */
	INFO,

	/** Makes cleanups slow, or will make them fail some day. */
	WARNING,

	/** Removes more than the rules name, or keeps cleanups from working. */
	CRITICAL;

	/** The name outside of Java. */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
