package com.delula.retention.database;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads the database in one snapshot that cannot change anything. The isolation level is
 * the transaction's own: the driver's {@code setTransactionIsolation} would set that of
 * the session, which behind a pooler in transaction mode is somebody else's next.
 */
public final class ReadOnlySnapshot {

	/** For counts that answer a caller; less than the connection's socket timeout. */
	public static final Duration COUNT = Duration.ofMinutes(4);

	/** {@code SET TRANSACTION} has to come before the first query. */
	private static final String BEGIN = """
			SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;
			SELECT set_config('statement_timeout', '%dms', true), set_config('TimeZone', 'UTC', true)""";

	private final TransactionTemplate transaction;

	private final JdbcTemplate jdbc;

	public ReadOnlySnapshot(DataSource dataSource, JdbcTemplate jdbc) {
		this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
		this.jdbc = jdbc;
	}

	/**
	 * Looks at the database.
	 * @param statementTimeout how long each statement may take, whatever the role's
	 * default
	 */
	public <T> T look(Duration statementTimeout, Supplier<T> look) {
		return Objects.requireNonNull(this.transaction.execute((status) -> {
			this.jdbc.execute(String.format(Locale.ROOT, BEGIN, statementTimeout.toMillis()));
			return look.get();
		}));
	}

}
