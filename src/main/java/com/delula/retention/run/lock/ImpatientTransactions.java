package com.delula.retention.run.lock;

import com.delula.retention.database.PreparedTransactions;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Transactions that wait only for a moment for a row that another one holds: whoever
 * wants a lock is told that it is taken, instead of waiting for as long as it is.
 */
final class ImpatientTransactions extends PreparedTransactions {

	/**
	 * An instance that takes, renews or frees a lock holds its row for milliseconds.
	 */
	private static final String PATIENCE = "SET LOCAL lock_timeout = '500ms'";

	ImpatientTransactions(PlatformTransactionManager transactions, JdbcTemplate jdbc) {
		super(transactions, (status) -> jdbc.execute(PATIENCE));
	}

}
