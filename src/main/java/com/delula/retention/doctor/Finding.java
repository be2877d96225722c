package com.delula.retention.doctor;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The result of a check.
 *
 * @param severity how serious it is
 * @param id the check that found it, such as {@code rule-index}
 * @param title what was found, in one line
 * @param meaning what that means for cleanups
 * @param remedy the SQL or the setting that fixes it; null if there is nothing to fix.
 * Where it has SQL it can be pasted as it is: what else there is to say are comments
 * @param tables the tables from which a run has to delete rows to be concerned; empty if
 * it concerns all runs
 */
public record Finding(Severity severity, String id, String title, String meaning, @Nullable String remedy,
		List<String> tables) {

	public Finding {
		tables = List.copyOf(tables);
	}

	static Finding ok(String id, String title) {
		return new Finding(Severity.OK, id, title, "Nothing to do.", null, List.of());
	}

	static Finding info(String id, String title, String meaning, String remedy) {
		return new Finding(Severity.INFO, id, title, meaning, remedy, List.of());
	}

	static Finding warning(String id, String title, String meaning, String remedy) {
		return new Finding(Severity.WARNING, id, title, meaning, remedy, List.of());
	}

	static Finding critical(String id, String title, String meaning, String remedy) {
		return new Finding(Severity.CRITICAL, id, title, meaning, remedy, List.of());
	}

	/** The same for runs that delete rows of these tables, and no others. */
	Finding about(List<String> tables) {
		return new Finding(this.severity, this.id, this.title, this.meaning, this.remedy, tables);
	}

	/** Whether it concerns runs that delete rows of these tables. */
	public boolean concerns(List<String> deleted) {
		return this.tables.isEmpty() || this.tables.stream().anyMatch(deleted::contains);
	}

	/** A check that failed to run. */
	static Finding notRun(String id, String reason) {
		return warning(id, "Check failed to run: " + reason,
				"It is unknown whether there is a problem. Other checks are not affected.", """
						-- Give the service's role access to what the message names, for example:
						GRANT pg_monitor TO <role>;
						GRANT USAGE ON SCHEMA <schema> TO <role>;""");
	}

	/** Whether the check found something. */
	public boolean found() {
		return this.severity != Severity.OK;
	}

}
