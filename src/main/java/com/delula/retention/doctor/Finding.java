package com.delula.retention.doctor;

import org.jspecify.annotations.Nullable;

/**
 * The result of a check.
 *
 * @param severity how serious it is
 * @param id the check that found it, such as {@code rule-index}
 * @param title what was found, in one line
 * @param meaning what that means for cleanups
 * @param remedy the SQL or the setting that fixes it; null if there is nothing to fix
 */
public record Finding(Severity severity, String id, String title, String meaning, @Nullable String remedy) {

	static Finding ok(String id, String title) {
		return new Finding(Severity.OK, id, title, "Nothing to do.", null);
	}

	static Finding info(String id, String title, String meaning, String remedy) {
		return new Finding(Severity.INFO, id, title, meaning, remedy);
	}

	static Finding warning(String id, String title, String meaning, String remedy) {
		return new Finding(Severity.WARNING, id, title, meaning, remedy);
	}

	static Finding critical(String id, String title, String meaning, String remedy) {
		return new Finding(Severity.CRITICAL, id, title, meaning, remedy);
	}

	/** A check that failed to run. */
	static Finding notRun(String id, String reason) {
		return warning(id, "Check failed to run: " + reason,
				"It is unknown whether there is a problem. Other checks are not affected.",
				"Give the service's role access to what the message names, for example: GRANT pg_monitor TO <role>; for"
						+ " a schema: GRANT USAGE ON SCHEMA <schema> TO <role>");
	}

	/** Whether the check found something. */
	public boolean found() {
		return this.severity != Severity.OK;
	}

}
