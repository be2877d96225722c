package com.delula.retention.run;

/** The installation lacks something that a run needs; the message says what to fix. */
public final class InstallationIncompleteException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public InstallationIncompleteException(String message) {
		super(message);
	}

	/** The ledger refuses rows of a type. */
	public static InstallationIncompleteException noBooking(String type) {
		return new InstallationIncompleteException("The credit_transactions table refuses a row of type '" + type
				+ "', so that no run could be booked; the log of the service has the reason");
	}

	/** An ended run cannot be written to the ledger. */
	public static InstallationIncompleteException cannotBook(String task) {
		return new InstallationIncompleteException("The last run of " + task
				+ " has ended but cannot be booked, and no other begins before that; the log says what the ledger refuses");
	}

	/** The account that the ledger books to is missing. */
	public static InstallationIncompleteException noUser(String id) {
		return new InstallationIncompleteException("The users table has no row with id '" + id
				+ "'. Insert it, or set retention.backlog.user-id (BACKLOG_USER_ID) to the id of the backlog user.");
	}

}
