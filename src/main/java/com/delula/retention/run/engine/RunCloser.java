package com.delula.retention.run.engine;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import com.delula.retention.run.RetentionTask;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunObserver;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.history.Ending;
import com.delula.retention.run.history.RunLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.transaction.support.TransactionTemplate;

/** Ends runs: the status, the ledger row and then the observers. */
class RunCloser {

	private static final Logger log = LoggerFactory.getLogger(RunCloser.class);

	private final RunLog runLog;

	private final TransactionTemplate transaction;

	private final List<RunObserver> observers;

	RunCloser(RunLog runLog, TransactionTemplate transaction, List<RunObserver> observers) {
		this.runLog = runLog;
		this.transaction = transaction;
		this.observers = observers;
	}

	/**
	 * Closes a run, unless somebody else has.
	 * @param again whether this has been tried, and nobody knows what became of it
	 * @return the run as closed, by this or another instance; empty if the history no
	 * longer has it
	 */
	Optional<Run> close(UUID id, RetentionTask task, Ending ending, boolean again) {
		Optional<Run> closed = this.transaction.execute((tx) -> this.runLog.close(id, task.ledgerType(), ending));
		boolean here = closed != null && closed.isPresent();
		Optional<Run> found = here ? closed : find(id);
		if (found.isEmpty()) {
			log.warn("Run {} of {} is no longer in the history and cannot be booked", id, task.name());
			return found;
		}
		Run run = found.get();
		if (here || (again && run.status() == ending.status() && Objects.equals(run.error(), ending.error()))) {
			announce(task, run);
		}
		return found;
	}

	boolean isOpen(UUID id) {
		return find(id).filter((run) -> !run.ended()).isPresent();
	}

	Optional<Run> find(UUID id) {
		Optional<Run> found = this.transaction.execute((tx) -> this.runLog.find(id));
		return (found != null) ? found : Optional.empty();
	}

	private void announce(RetentionTask task, Run run) {
		if (run.status() == RunStatus.SUCCEEDED) {
			log.info("{} [run {}, {}, by {}]{}", task.summary(run), run.id(), run.trigger().label(), run.actor(),
					(run.note() != null) ? ". " + run.note() : "");
		}
		else {
			log.warn("{} [run {}, {}, by {}] ended as {}: {}", task.summary(run), run.id(), run.trigger().label(),
					run.actor(), run.status().label(), run.error());
		}
		for (RunObserver observer : this.observers) {
			try {
				observer.closed(run);
			}
			catch (RuntimeException ex) {
				log.warn("An observer failed; the run is closed anyway", ex);
			}
		}
	}

}
