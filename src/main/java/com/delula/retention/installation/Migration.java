package com.delula.retention.installation;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Looks at the installation and migrates it, in one transaction that brings its lock and
 * its settings along: nothing is left in a session, so that a pooler in transaction mode
 * may stand between, and a start that is killed leaves nothing behind.
 */
final class Migration {

	private static final Logger log = LoggerFactory.getLogger(Migration.class);

	/** Any number that nobody else uses: the bytes of "retentiM". */
	private static final long LOCK = 0x726574656e74694dL;

	/**
	 * A migration adds tables and functions, which takes seconds. Longer than a statement
	 * of it may wait for a lock, so that whoever waits sees how that ends.
	 */
	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final Duration PAUSE = Duration.ofMillis(200);

	private static final String IN_RECOVERY = "SELECT pg_is_in_recovery()";

	/** A role may default to a timeout of milliseconds, or to reading only. */
	private static final String BEGIN = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE";

	/** Asks for the lock instead of waiting for it, so that no pooled session waits. */
	private static final String TRY_LOCK = """
			SELECT pg_try_advisory_xact_lock(:lock), set_config('statement_timeout', '2min', true),
				set_config('lock_timeout', '1min', true), set_config('TimeZone', 'UTC', true)
			""";

	private final List<Requirements> requirements;

	Migration(List<Requirements> requirements) {
		this.requirements = requirements;
	}

	/**
	 * Migrates, or waits until another instance has.
	 * @throws InstallationException if the database cannot be worked with
	 */
	void run(Flyway flyway) throws SQLException {
		long since = System.nanoTime();
		try (Connection connection = flyway.getConfiguration().getDataSource().getConnection()) {
			JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
			if (jdbc.sql(IN_RECOVERY).query(Boolean.class).single()) {
				throw InstallationException.standby();
			}
			connection.setAutoCommit(false);
			try {
				begin(connection, jdbc, since);
				MigrateResult result = migrate(flyway, connection, jdbc);
				connection.commit();
				if (result.migrationsExecuted > 0) {
					log.info("The database has been migrated to version {}", result.targetSchemaVersion);
				}
			}
			finally {
				end(connection);
			}
		}
	}

	private static void begin(Connection connection, JdbcClient jdbc, long since) throws SQLException {
		for (boolean told = false;; told = true) {
			jdbc.sql(BEGIN).update();
			if (jdbc.sql(TRY_LOCK).param("lock", LOCK).query((row, index) -> row.getBoolean(1)).single()) {
				return;
			}
			connection.rollback();
			if (System.nanoTime() - since > PATIENCE.toNanos()) {
				throw InstallationException.migrating(PATIENCE);
			}
			if (!told) {
				log.info("Another instance is migrating the database; waiting for it");
			}
			LockSupport.parkNanos(PAUSE.toNanos());
		}
	}

	private MigrateResult migrate(Flyway flyway, Connection connection, JdbcClient jdbc) {
		new InstallationCheck(this.requirements, jdbc).columnsOfExistingTables();
		return Flyway.configure()
			.configuration(flyway.getConfiguration())
			.dataSource(new OneTransaction(connection))
			.load()
			.migrate();
	}

	/** Undoes what was not committed; a broken connection cannot even do that. */
	private static void end(Connection connection) {
		try {
			connection.rollback();
			connection.setAutoCommit(true);
		}
		catch (SQLException ex) {
			log.debug("The connection of the migrations is broken", ex);
		}
	}

}
