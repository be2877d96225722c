package com.delula.retention.database;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;

/**
 * Transactions for which something is done when they begin; if that fails, they are
 * undone.
 */
public class PreparedTransactions implements PlatformTransactionManager {

	private final PlatformTransactionManager transactions;

	private final Consumer<TransactionStatus> begin;

	/**
	 * Prepares the transactions of another manager.
	 * @param begin called with each transaction, also one that had begun before
	 */
	protected PreparedTransactions(PlatformTransactionManager transactions, Consumer<TransactionStatus> begin) {
		this.transactions = transactions;
		this.begin = begin;
	}

	@Override
	public final TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
		TransactionStatus status = this.transactions.getTransaction(definition);
		try {
			this.begin.accept(status);
			return status;
		}
		catch (RuntimeException ex) {
			this.transactions.rollback(status);
			throw ex;
		}
	}

	@Override
	public final void commit(TransactionStatus status) {
		this.transactions.commit(status);
	}

	@Override
	public final void rollback(TransactionStatus status) {
		this.transactions.rollback(status);
	}

}
