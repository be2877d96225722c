package com.delula.retention.installation;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;

import javax.sql.DataSource;

import com.delula.retention.database.SqlFault;
import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A connection outside of the pool for statements that take as long as they take and
 * cannot run in a transaction, so that no {@code SET LOCAL} can free them of the role's
 * timeouts. Where it reaches the server itself it sets what it needs and is closed
 * afterwards. Behind a pooler the setting would be left to somebody else, and it sets
 * nothing.
 */
final class IndexSession implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(IndexSession.class);

	/**
	 * A build waits for transactions that were open when it began, and whoever wants to
	 * alter the table waits for the build, with all writers behind.
	 */
	private static final String SETTINGS = """
			SET statement_timeout = 0; SET lock_timeout = '30s'; SET default_transaction_read_only = off""";

	/**
	 * Writers queue behind a statement that waits for a lock; they hardly notice so long.
	 */
	private static final String BRIEFLY = "SET LOCAL lock_timeout = '200ms'";

	/** Then the build is tried again later. */
	private static final int ATTEMPTS = 10;

	private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);

	private static final int UNLIMITED = 0;

	private final Connection connection;

	private final JdbcClient jdbc;

	private final boolean direct;

	private volatile @Nullable Statement running;

	private volatile boolean interrupted;

	private IndexSession(Connection connection) throws SQLException {
		this.connection = connection;
		connection.setNetworkTimeout(Runnable::run, UNLIMITED);
		this.jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
		this.direct = isDirect();
		if (this.direct) {
			execute(SETTINGS);
		}
	}

	static IndexSession open(DataSource dataSource) throws SQLException {
		Connection connection = connect(dataSource);
		try {
			return new IndexSession(connection);
		}
		catch (SQLException | RuntimeException ex) {
			connection.close();
			throw ex;
		}
	}

	private static Connection connect(DataSource dataSource) throws SQLException {
		if (!dataSource.isWrapperFor(HikariDataSource.class)) {
			return dataSource.getConnection();
		}
		HikariDataSource pool = dataSource.unwrap(HikariDataSource.class);
		Properties properties = new Properties();
		properties.putAll(pool.getDataSourceProperties());
		properties.replaceAll((name, value) -> String.valueOf(value));
		if (pool.getUsername() != null) {
			properties.setProperty("user", pool.getUsername());
		}
		if (pool.getPassword() != null) {
			properties.setProperty("password", pool.getPassword());
		}
		return DriverManager.getConnection(pool.getJdbcUrl(), properties);
	}

	/** A pooler gives its clients process ids of its own making. */
	private boolean isDirect() throws SQLException {
		int told = this.connection.unwrap(PGConnection.class).getBackendPID();
		return this.jdbc.sql("SELECT pg_backend_pid()").query(Integer.class).single() == told;
	}

	/** Whether nothing stands between this and the server. */
	boolean direct() {
		return this.direct;
	}

	JdbcClient jdbc() {
		return this.jdbc;
	}

	void execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			this.running = statement;
			if (!this.interrupted) {
				statement.execute(sql);
			}
		}
		finally {
			this.running = null;
		}
	}

	/**
	 * Executes a statement that is over at once when it has its lock, and that writers
	 * would queue behind while it waits for that: in a transaction of its own, again and
	 * again.
	 * @throws SQLException if it fails for another reason, or never got its lock
	 */
	void executeBriefly(String sql) throws SQLException {
		for (int attempt = 1;; attempt++) {
			this.connection.setAutoCommit(false);
			try {
				execute(BRIEFLY);
				execute(sql);
				this.connection.commit();
				return;
			}
			catch (SQLException ex) {
				rollBack(ex);
				if (!SqlFault.isLocked(ex) || attempt == ATTEMPTS || this.interrupted) {
					throw ex;
				}
			}
			finally {
				if (!this.connection.isClosed()) {
					this.connection.setAutoCommit(true);
				}
			}
			LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
		}
	}

	private void rollBack(SQLException cause) {
		try {
			this.connection.rollback();
		}
		catch (SQLException ex) {
			cause.addSuppressed(ex);
		}
	}

	/**
	 * Ends the statement that is running, from another thread, and lets no more begin.
	 */
	void interrupt() {
		this.interrupted = true;
		try {
			Statement statement = this.running;
			if (statement != null) {
				log.info("The build of an index ends with the service; the next start builds it anew");
				statement.cancel();
			}
		}
		catch (SQLException ex) {
			log.debug("The build goes on to its end on the server", ex);
		}
	}

	boolean isInterrupted() {
		return this.interrupted;
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

}
