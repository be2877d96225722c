package com.delula.retention.database;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;

/**
 * Transactions that bring their settings along instead of relying on those of the role,
 * the database or the session. A role may default to serializable or read-only
 * transactions or to a statement timeout of milliseconds, and behind a pooler in
 * transaction mode a session is only lent.
 */
final class SelfContainedTransactions implements PlatformTransactionManager {

	/** Has to come before the first query. */
	private static final String WRITABLE = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE;\n";

	/** The service's own statements take milliseconds; who waits longer is stuck. */
	private static final String SETTINGS = """
			SELECT set_config('statement_timeout', '30s', true), set_config('TimeZone', 'UTC', true)""";

	private final PlatformTransactionManager transactions;

	private final JdbcTemplate jdbc;

	SelfContainedTransactions(PlatformTransactionManager transactions, JdbcTemplate jdbc) {
		this.transactions = transactions;
		this.jdbc = jdbc;
	}

	@Override
	public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
		TransactionStatus status = this.transactions.getTransaction(definition);
		if (!status.isNewTransaction()) {
			return status;
		}
		try {
			this.jdbc.execute(status.isReadOnly() ? SETTINGS : WRITABLE + SETTINGS);
			return status;
		}
		catch (RuntimeException ex) {
			this.transactions.rollback(status);
			throw ex;
		}
	}

	@Override
	public void commit(TransactionStatus status) {
		this.transactions.commit(status);
	}

	@Override
	public void rollback(TransactionStatus status) {
		this.transactions.rollback(status);
	}

}
