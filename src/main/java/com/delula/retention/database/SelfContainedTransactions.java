package com.delula.retention.database;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;

/**
 * Transactions that bring their settings along instead of relying on those of the role,
 * the database or the session. A role may default to serializable or read-only
 * transactions or to a statement timeout of milliseconds, and behind a pooler in
 * transaction mode a session is only lent.
 */
public final class SelfContainedTransactions extends PreparedTransactions {

	/** Has to come before the first query. */
	private static final String WRITABLE = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE;\n";

	/** The service's own statements take milliseconds; who waits longer is stuck. */
	private static final String SETTINGS = """
			SELECT set_config('statement_timeout', '30s', true), set_config('TimeZone', 'UTC', true)""";

	/**
	 * Has another manager's transactions bring their settings along.
	 * @param transactions those of the data source that the template uses
	 */
	public SelfContainedTransactions(PlatformTransactionManager transactions, JdbcTemplate jdbc) {
		super(transactions, (status) -> begin(status, jdbc));
	}

	private static void begin(TransactionStatus status, JdbcTemplate jdbc) {
		if (status.isNewTransaction()) {
			jdbc.execute(status.isReadOnly() ? SETTINGS : WRITABLE + SETTINGS);
		}
	}

}
