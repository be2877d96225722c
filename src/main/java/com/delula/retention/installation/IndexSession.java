package com.delula.retention.installation;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

import javax.sql.DataSource;

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
