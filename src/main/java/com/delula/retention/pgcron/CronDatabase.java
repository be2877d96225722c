package com.delula.retention.pgcron;

import java.sql.SQLException;
import java.util.Optional;

import javax.sql.DataSource;

import org.postgresql.ds.PGSimpleDataSource;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds the database in which pg_cron keeps its jobs: there is one per server, and it
 * need not be the one that the service works on.
 */
class CronDatabase {

	private static final String HAS_EXTENSION = "SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_cron')";

	private static final String NAME = "SELECT current_setting('cron.database_name', true)";

	private static final String CURRENT = "SELECT current_database()";

	/** Used by pg_cron where its setting says nothing, or may not be read. */
	static final String DEFAULT = "postgres";

	private final JdbcClient jdbc;

	private final JdbcConnectionDetails connection;

	CronDatabase(JdbcClient jdbc, JdbcConnectionDetails connection) {
		this.jdbc = jdbc;
		this.connection = connection;
	}

	/** The name of the database that the service works on. */
	String current() {
		return this.jdbc.sql(CURRENT).query(String.class).single();
	}

	/**
	 * A client for the database with the jobs.
	 * @throws PgCronException if there is none that can be used
	 */
	JdbcClient client() {
		if (hasExtension(this.jdbc)) {
			return this.jdbc;
		}
		Optional<String> known = name();
		String name = known.orElse(DEFAULT);
		if (known.isPresent() && name.equals(current())) {
			throw PgCronException.noExtension(name);
		}
		JdbcClient other = JdbcClient.create(dataSource(name));
		boolean found;
		try {
			found = hasExtension(other);
		}
		catch (DataAccessException ex) {
			throw PgCronException.unreachable(name, String.valueOf(ex.getMostSpecificCause().getMessage()));
		}
		if (!found) {
			throw known.isPresent() ? PgCronException.noExtension(name) : PgCronException
				.unknownDatabase(this.jdbc.sql("SELECT current_user").query(String.class).single());
		}
		return other;
	}

	private static boolean hasExtension(JdbcClient client) {
		return client.sql(HAS_EXTENSION).query(Boolean.class).single();
	}

	/**
	 * Empty if it may not be read.
	 * @throws PgCronException if pg_cron is not loaded
	 */
	private Optional<String> name() {
		try {
			return Optional.of(this.jdbc.sql(NAME)
				.query(String.class)
				.optional()
				.filter((name) -> !name.isEmpty())
				.orElseThrow(PgCronException::notLoaded));
		}
		catch (DataAccessException ex) {
			if (ex.getMostSpecificCause() instanceof SQLException sql && "42501".equals(sql.getSQLState())) {
				return Optional.empty();
			}
			throw ex;
		}
	}

	/** Connections by themselves: they are few and far between. */
	private DataSource dataSource(String database) {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl(this.connection.getJdbcUrl());
		dataSource.setDatabaseName(database);
		if (this.connection.getUsername() != null) {
			dataSource.setUser(this.connection.getUsername());
			dataSource.setPassword(this.connection.getPassword());
		}
		return dataSource;
	}

}
