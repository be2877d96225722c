package com.delula.retention.run.lock;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;

/**
 * Transactions that wait only for a moment for a row that another one holds: whoever
 * wants a lock is told that it is taken, instead of waiting for as long as it is.
 */
final class ImpatientTransactions implements PlatformTransactionManager {

	/**
	 * An instance that takes, renews or frees a lock holds its row for milliseconds.
	 */
	private static final String PATIENCE = "SET LOCAL lock_timeout = '500ms'";

	private final PlatformTransactionManager transactions;

	private final JdbcTemplate jdbc;

	ImpatientTransactions(PlatformTransactionManager transactions, JdbcTemplate jdbc) {
		this.transactions = transactions;
		this.jdbc = jdbc;
	}

	@Override
	public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
		TransactionStatus status = this.transactions.getTransaction(definition);
		try {
			this.jdbc.execute(PATIENCE);
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
