package com.delula.retention.doctor;

import org.jspecify.annotations.Nullable;

/**
 * One thing that the doctor found, or found in order.
 *
 * @param severity how bad it is
 * @param id the check that found it, such as {@code rule-index}
 * @param title what was found, in one line
 * @param meaning what that means for cleanups
 * @param remedy the SQL or the setting that mends it; null where nothing needs mending
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

	/** A check that could not be made. */
	static Finding unseen(String id, String reason) {
		return warning(id, "This check could not be made: " + reason,
				"What it looks for may be there or not. The other checks are not affected.",
				"Let the service's role see what the message names, for example: GRANT pg_monitor TO <role>; where a"
						+ " schema is named: GRANT USAGE ON SCHEMA <schema> TO <role>");
	}

	/** Whether there is something to mend or to know. */
	public boolean found() {
		return this.severity != Severity.OK;
	}

}
