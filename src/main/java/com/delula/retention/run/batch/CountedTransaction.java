package com.delula.retention.run.batch;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import com.delula.retention.database.SqlFault;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions of a run that count. Where the answer to a commit is lost, the server is
 * asked what became of it, so that nothing is counted twice or not at all.
 */
final class CountedTransaction {

	private final TransactionTemplate transaction;

	private final BatchSession session;

	private final CommitFate fate;

	CountedTransaction(TransactionTemplate transaction, BatchSession session, CommitFate fate) {
		this.transaction = transaction;
		this.session = session;
		this.fate = fate;
	}

	/**
	 * Does work and counts it.
	 * @param hurried whether to wait for held rows only for a moment
	 * @return what the work came to, which is committed
	 */
	<T> T execute(boolean hurried, Supplier<T> work) {
		AtomicReference<@Nullable String> xid = new AtomicReference<>();
		AtomicReference<@Nullable T> done = new AtomicReference<>();
		try {
			this.transaction.executeWithoutResult((status) -> {
				xid.set(this.session.begin(hurried));
				done.set(work.get());
			});
			return Objects.requireNonNull(done.get());
		}
		catch (RuntimeException ex) {
			T unsure = done.get();
			if (unsure != null && SqlFault.of(ex) == SqlFault.UNREACHABLE
					&& this.fate.committed(Objects.requireNonNull(xid.get()))) {
				return unsure;
			}
			throw ex;
		}
	}

}
