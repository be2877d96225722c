package com.delula.retention.run.engine;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import com.delula.retention.database.SqlFault;
import com.delula.retention.run.InstallationIncompleteException;
import com.delula.retention.run.RetentionTask;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.history.Ending;
import com.delula.retention.run.history.RunHistory;
import com.delula.retention.run.lock.LeaseKeeper;
import com.delula.retention.run.lock.TaskLease;
import com.delula.retention.run.lock.TaskLocks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes runs that were left open: this instance's own, whose end could not be recorded
 * because the database was away, and those whose instance died.
 */
final class Leftovers {

	private static final Logger log = LoggerFactory.getLogger(Leftovers.class);

	private static final String DIED = "The instance that carried it out died or lost its lock";

	private final RunHistory history;

	private final RunCloser closer;

	private final TaskLocks locks;

	private final LeaseKeeper leases;

	private final Map<UUID, RunExecution> unclosed = new ConcurrentHashMap<>();

	Leftovers(RunHistory history, RunCloser closer, TaskLocks locks, LeaseKeeper leases) {
		this.history = history;
		this.closer = closer;
		this.locks = locks;
		this.leases = leases;
	}

	/** Remembers a run of this instance that has ended but could not be closed. */
	void add(UUID run, RunExecution execution) {
		this.unclosed.put(run, execution);
	}

	/** Whether a run of the task has ended here whose end may not be recorded. */
	private boolean has(String task) {
		return this.unclosed.values().stream().anyMatch((execution) -> execution.ticket().run().task().equals(task));
	}

	/**
	 * Closes a task's run that is open although nobody carries it out any more: its lock
	 * is free. What cannot be looked at now is looked at again later.
	 * @param active tells the runs that this instance carries out
	 */
	void recover(RetentionTask task, Predicate<UUID> active) {
		try {
			boolean open = this.history.running(task.name()).filter((run) -> !active.test(run.id())).isPresent();
			if (open || has(task.name())) {
				this.locks.acquire(task.name()).ifPresent((lease) -> close(task, lease));
			}
		}
		catch (RuntimeException ex) {
			log.warn("Could not check for unfinished {} runs: {}", task.name(), SqlFault.reason(ex));
		}
	}

	private void close(RetentionTask task, TaskLease lease) {
		try {
			close(task);
		}
		finally {
			this.leases.release(lease);
		}
	}

	/** Closes this instance's own of a task, as they ended. */
	private void closeOwn(String task) {
		this.unclosed.forEach((run, execution) -> {
			if (execution.ticket().run().task().equals(task)) {
				execution.closeLate();
				this.unclosed.remove(run);
			}
		});
	}

	/**
	 * Closes a task's run that is open although its lock was free. Called with the lock
	 * held.
	 * @throws InstallationIncompleteException if the ledger refuses it
	 */
	void close(RetentionTask task) {
		try {
			closeOwn(task.name());
			this.history.running(task.name())
				.ifPresent((run) -> this.closer.close(run.id(), task, new Ending(RunStatus.INTERRUPTED, DIED, null),
						false));
		}
		catch (RuntimeException ex) {
			if (SqlFault.of(ex) != SqlFault.OTHER) {
				throw ex;
			}
			log.error("A run of {} was left open and cannot be booked", task.name(), ex);
			throw InstallationIncompleteException.cannotBook(task.name());
		}
	}

}
