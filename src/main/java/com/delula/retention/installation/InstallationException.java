package com.delula.retention.installation;

/** The database cannot be worked with; the message is the one line for the operator. */
public final class InstallationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private InstallationException(String message) {
		super(message);
	}

	static InstallationException missingTable(String table) {
		return new InstallationException("The database has no table " + table
				+ " and the migrations did not create it; create it, or let a role that may run the migrations");
	}

	static InstallationException missingColumn(String table, String column) {
		return new InstallationException("The table " + table + " has no column " + column + ", which is needed");
	}

	static InstallationException missingPrivilege(String role, String table, String privilege) {
		return new InstallationException(
				"The role " + role + " lacks a privilege: GRANT " + privilege + " ON " + table + " TO " + role);
	}

	/** The ledger wants a column that the service knows nothing of. */
	public static InstallationException cannotInsert(String table, String column) {
		return new InstallationException("The table " + table + " has a column " + column
				+ " that is NOT NULL without a default, so that no row can be added to it; give it a default");
	}

}
