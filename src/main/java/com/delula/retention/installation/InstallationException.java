package com.delula.retention.installation;

import java.time.Duration;

/** The database cannot be worked with; the message is the one line for the operator. */
public final class InstallationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private InstallationException(String message) {
		super(message);
	}

	static InstallationException standby() {
		return new InstallationException("The database is read-only: the server is a standby. Set SPRING_DATASOURCE_URL"
				+ " to the primary; with several hosts in the URL add targetServerType=primary");
	}

	static InstallationException migrating(Duration patience) {
		return new InstallationException("Another instance has been migrating the database for " + patience.toSeconds()
				+ " s. Start this one again when it is done; pg_locks names its session (locktype advisory)");
	}

	static InstallationException missingTable(String table) {
		return new InstallationException("The database has no table " + table
				+ " and the migrations did not create it; create it, or let a role that may run the migrations");
	}

	static InstallationException missingColumn(String table, String column) {
		return new InstallationException("The table " + table + " has no column " + column + ", which is needed");
	}

	/** A rule's table has nothing by which its rows can be told apart. */
	public static InstallationException missingKey(String table, String rule) {
		return new InstallationException(
				"The table " + table + " lacks a primary key, by which the rule " + rule + " tells its rows apart");
	}

	static InstallationException missingPrivilege(String role, String on, String privilege) {
		return new InstallationException(
				"The role " + role + " lacks a privilege: GRANT " + privilege + " ON " + on + " TO " + role);
	}

	/** The ledger wants a column that the service knows nothing of. */
	public static InstallationException cannotInsert(String table, String column) {
		return new InstallationException("The table " + table + " has a column " + column
				+ " that is NOT NULL without a default, so that no row can be added to it; give it a default");
	}

}
