package com.delula.retention.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/**
 * What an exception of the data access layer means for a run. Codes are those of
 * PostgreSQL's appendix A.
 */
public enum SqlFault {

	/** The database is away, restarting or has become a standby: wait and try again. */
	UNREACHABLE,

	/** Somebody else is in the way: try again with less. */
	CONTENTION,

	/** A row of another table refers to a row that was to go. */
	REFERENCED,

	/** Something that retrying does not fix. */
	OTHER;

	private static final Set<String> CONTENDED = Set.of("40001", "40P01", "55P03", "57014");

	private static final Set<String> LOCKED = Set.of("40001", "40P01", "55P03");

	/**
	 * Server shutting down or starting, too many connections, idle transaction ended.
	 */
	private static final Set<String> AWAY = Set.of("57P01", "57P02", "57P03", "57P05", "53300", "25P03");

	/** Keeps an error readable wherever it is shown. */
	private static final int LONGEST_MESSAGE = 200;

	private static final String READ_ONLY = "25006";

	static final String NOT_SUPPORTED = "0A000";

	/** Sorts an exception by the SQL exception that caused it. */
	public static SqlFault of(Throwable thrown) {
		SQLException cause = sqlCause(thrown);
		if (cause == null) {
			return OTHER;
		}
		String state = cause.getSQLState();
		if (state == null || state.startsWith("08") || AWAY.contains(state) || isReadOnly(cause)
				|| isWithoutConnection(thrown)) {
			return UNREACHABLE;
		}
		if (CONTENDED.contains(state)) {
			return CONTENTION;
		}
		return (state.equals("23503") || state.equals("23001")) ? REFERENCED : OTHER;
	}

	/**
	 * Whatever the server says while it refuses connections, the pool has none to give.
	 */
	private static boolean isWithoutConnection(Throwable thrown) {
		Throwable current = thrown;
		while (current != null) {
			if (current instanceof SQLTransientConnectionException) {
				return true;
			}
			current = (current.getCause() != current) ? current.getCause() : null;
		}
		return false;
	}

	/** Whether somebody else holds what a statement wanted. */
	public static boolean isLocked(Throwable thrown) {
		SQLException cause = sqlCause(thrown);
		return cause != null && LOCKED.contains(String.valueOf(cause.getSQLState()));
	}

	/**
	 * Whether a statement was ended because it took too long, or because somebody asked.
	 */
	public static boolean isCanceled(Throwable thrown) {
		SQLException cause = sqlCause(thrown);
		return cause != null && "57014".equals(cause.getSQLState());
	}

	/** The code of what the database said; empty if it said nothing. */
	public static String state(Throwable thrown) {
		SQLException cause = sqlCause(thrown);
		return (cause != null && cause.getSQLState() != null) ? cause.getSQLState() : "";
	}

	/**
	 * Whether the database may only be read, as a standby. A standby refuses even to be
	 * asked for a transaction that writes, by a code that says little.
	 */
	public static boolean isReadOnly(Throwable thrown) {
		String state = state(thrown);
		return state.equals(READ_ONLY) || (state.equals(NOT_SUPPORTED) && reason(thrown).contains("recovery"));
	}

	/** What the database said, without its own multi-line details. */
	public static String reason(Throwable thrown) {
		SQLException cause = sqlCause(thrown);
		String message = (cause != null) ? cause.getMessage() : null;
		return (message != null) ? message.lines().findFirst().orElse("") : thrown.getClass().getSimpleName();
	}

	/**
	 * What the server said, for whoever reads a run's history: its message alone, without
	 * the details, which may hold rows, on one line. Null if it said nothing, as where
	 * the driver failed.
	 */
	public static @Nullable String message(Throwable thrown) {
		if (!(sqlCause(thrown) instanceof PSQLException server) || server.getServerErrorMessage() == null) {
			return null;
		}
		String message = String.valueOf(server.getServerErrorMessage().getMessage())
			.replaceAll("[\\p{Cc}\u2028\u2029]+", " ")
			.strip();
		return (message.length() > LONGEST_MESSAGE) ? message.substring(0, LONGEST_MESSAGE) + "…" : message;
	}

	/** The innermost SQL exception, if there is one. */
	static @Nullable SQLException sqlCause(Throwable thrown) {
		SQLException found = null;
		Throwable current = thrown;
		while (current != null) {
			if (current instanceof SQLException sql) {
				found = sql;
			}
			current = (current.getCause() != current) ? current.getCause() : null;
		}
		return found;
	}

}
