package com.delula.retention.support;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.postgresql.util.PSQLState;

/**
 * Somebody else at work in the database, in a transaction that stays open until the test
 * says how it ends.
 */
public final class OtherSession implements AutoCloseable {

	private static final String WAITS_FOR = """
			SELECT FROM pg_stat_activity
			WHERE %d = ANY (pg_blocking_pids(pid))
			""";

	private final TestDatabase database;

	private final Connection connection;

	private final int pid;

	private OtherSession(TestDatabase database, Connection connection) throws SQLException {
		this.database = database;
		this.connection = connection;
		this.pid = Integer.parseInt(read(connection, "SELECT pg_backend_pid()"));
		connection.setAutoCommit(false);
	}

	public static OtherSession begin(TestDatabase database) {
		try {
			return new OtherSession(database,
					DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password()));
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public OtherSession sql(String sql) {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(sql);
			return this;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Locks tables against everybody. A count in the background may hold one and want
	 * another that is locked already: the transaction that is then the victim begins
	 * again.
	 */
	public OtherSession lock(String tables) {
		try (Statement statement = this.connection.createStatement()) {
			for (int attempt = 0; attempt < 5; attempt++) {
				if (lock(statement, tables)) {
					return this;
				}
			}
			throw new IllegalStateException("Deadlocks in a row while locking " + tables);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private boolean lock(Statement statement, String tables) throws SQLException {
		try {
			statement.execute("LOCK TABLE " + tables + " IN ACCESS EXCLUSIVE MODE");
			return true;
		}
		catch (SQLException ex) {
			if (!PSQLState.DEADLOCK_DETECTED.getState().equals(ex.getSQLState())) {
				throw ex;
			}
			this.connection.rollback();
			return false;
		}
	}

	/** Waits until somebody waits for this transaction. */
	public OtherSession awaitBlocked() {
		Awaitility.await("somebody waits for the other session")
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> !this.database.jdbc().sql(WAITS_FOR.formatted(this.pid)).query().listOfRows().isEmpty());
		return this;
	}

	public OtherSession commit() {
		try {
			this.connection.commit();
			return this;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String read(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(sql)) {
			result.next();
			return result.getString(1);
		}
	}

	/** Undoes what is not committed. */
	@Override
	public void close() {
		try {
			this.connection.close();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
