package com.delula.retention.schedule;

import java.time.Duration;
import java.util.Optional;

import com.delula.retention.database.SqlFault;
import com.delula.retention.run.AlreadyRunningException;
import com.delula.retention.run.InstallationIncompleteException;
import com.delula.retention.run.RunOutcome;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.engine.RunEngine;
import com.delula.retention.run.engine.RunTicket;
import com.delula.retention.run.engine.StoppingException;
import com.delula.retention.run.history.Firing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what a schedule has fired, once over all instances. A run that is under way is
 * waited for, and so is a database that is away for a moment; whatever goes wrong, the
 * next firing comes.
 */
class ScheduledRuns {

	private static final Logger log = LoggerFactory.getLogger(ScheduledRuns.class);

	/** How long a firing waits for a run that is under way, or for the database. */
	private final Duration patience;

	private final Duration pause;

	private final RunEngine engine;

	ScheduledRuns(RunEngine engine, Duration patience, Duration pause) {
		this.engine = engine;
		this.patience = patience;
		this.pause = pause;
	}

	/**
	 * Runs the task and waits for its end, unless another instance has claimed the
	 * firing.
	 * @return whether it was this instance's
	 */
	boolean fire(RunRequest request, Firing firing) {
		try {
			return attempt(request, firing);
		}
		catch (StoppingException ex) {
			log.debug("The schedule of {} fired while this instance was stopping", request.task());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (AlreadyRunningException ex) {
			log.warn(
					"The scheduled run of {} did not start, because run {} is still under way; it will be retried at its"
							+ " next time",
					request.task(), ex.runId());
		}
		catch (InstallationIncompleteException ex) {
			log.error("The scheduled run of {} could not start; it will be retried at its next time: {}",
					request.task(), ex.getMessage());
		}
		catch (RuntimeException ex) {
			log.error("The scheduled run of {} could not start; it will be retried at its next time", request.task(),
					ex);
		}
		return true;
	}

	private boolean attempt(RunRequest request, Firing firing) throws InterruptedException {
		long since = System.nanoTime();
		Firing known = firing;
		while (true) {
			try {
				Optional<RunTicket> ticket = this.engine.start(request,
						known.having(Duration.ofNanos(System.nanoTime() - since)));
				ticket.ifPresentOrElse(ScheduledRuns::await,
						() -> log.info("The schedule of {} has fired on another instance", request.task()));
				return ticket.isPresent();
			}
			catch (AlreadyRunningException ex) {
				giveUpAfterPatience(since, ex);
				log.debug("The schedule of {} waits for run {}", request.task(), ex.runId());
			}
			catch (RuntimeException ex) {
				if (SqlFault.of(ex) != SqlFault.UNREACHABLE) {
					throw ex;
				}
				giveUpAfterPatience(since, ex);
				log.warn("The schedule of {} waits for the database", request.task());
				known = firing.inDoubt();
			}
			Thread.sleep(this.pause.toMillis());
		}
	}

	private void giveUpAfterPatience(long since, RuntimeException ex) {
		if (System.nanoTime() - since > this.patience.toNanos()) {
			throw ex;
		}
	}

	private static void await(RunTicket ticket) {
		RunOutcome ended = ticket.outcome().exceptionally((failure) -> null).join();
		if (ended == null) {
			log.warn("The end of run {} is not recorded yet", ticket.run().id());
		}
	}

}
