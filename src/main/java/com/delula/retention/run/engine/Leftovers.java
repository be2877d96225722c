package com.delula.retention.run.engine;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import com.delula.retention.database.SqlFault;
import com.delula.retention.run.InstallationIncompleteException;
import com.delula.retention.run.RetentionTask;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.history.Ending;
import com.delula.retention.run.history.RunHistory;
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

	private final Map<UUID, RunExecution> unclosed = new ConcurrentHashMap<>();

	Leftovers(RunHistory history, RunCloser closer) {
		this.history = history;
		this.closer = closer;
	}

	/** Remembers a run of this instance that has ended but could not be closed. */
	void add(UUID run, RunExecution execution) {
		this.unclosed.put(run, execution);
	}

	/** Whether a run of the task has ended here whose end may not be recorded. */
	boolean has(String task) {
		return this.unclosed.values().stream().anyMatch((execution) -> execution.ticket().run().task().equals(task));
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
