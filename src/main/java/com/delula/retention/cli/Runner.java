package com.delula.retention.cli;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Function;

import com.delula.retention.answer.RunAnswer;
import com.delula.retention.answer.RunCounts;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunEngine;
import com.delula.retention.run.RunHistory;
import com.delula.retention.run.RunOutcome;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.RunTicket;

import org.springframework.dao.DataAccessException;

/** Has a run carried out, shows how it goes on, and tells how it ended. */
final class Runner {

	private final Session session;

	private final boolean json;

	Runner(Session session, boolean json) {
		this.session = session;
		this.json = json;
	}

	/** Who asks: the user of the operating system. */
	static String actor() {
		String user = System.getProperty("user.name", "");
		return (user.isBlank() || user.equals("?")) ? "unknown" : user;
	}

	/**
	 * Runs to the end.
	 * @param what what is run, in words that begin a sentence
	 * @param counts the fields of the answer that are the task's own
	 * @param table shows the run and its counts to a person
	 * @param <C> the task's own counts
	 */
	<C extends RunCounts> int run(RunRequest request, String what, Function<RunOutcome, C> counts,
			BiConsumer<Run, C> table) {
		this.session.setRunning(true);
		RunOutcome outcome = carryOut(request);
		C counted = counts.apply(outcome);
		if (this.json) {
			this.session.json(RunAnswer.of(what, outcome, counted));
		}
		else {
			this.session.terminal().out().println(RunAnswer.message(what, outcome.run()));
			table.accept(outcome.run(), counted);
		}
		return (outcome.run().status() == RunStatus.SUCCEEDED) ? ExitCode.DONE : ExitCode.FAILED;
	}

	/** Runs to the end and shows only how it goes on. */
	RunOutcome carryOut(RunRequest request) {
		RunHistory history = this.session.bean(RunHistory.class);
		RunTicket ticket = this.session.bean(RunEngine.class).start(request);
		Progress progress = new Progress(this.session.terminal());
		try {
			while (!ended(ticket)) {
				look(ticket, history, progress);
			}
			return ticket.outcome().join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
		finally {
			progress.end();
		}
	}

	private static boolean ended(RunTicket ticket) {
		try {
			ticket.outcome().get(Progress.PERIOD.toMillis(), TimeUnit.MILLISECONDS);
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
		catch (ExecutionException ex) {
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return true;
		}
	}

	/** A look that fails says nothing of the run, which goes on by itself. */
	private static void look(RunTicket ticket, RunHistory history, Progress progress) {
		try {
			history.find(ticket.run().id()).ifPresent(progress::show);
		}
		catch (DataAccessException ex) {
			progress.unknown();
		}
	}

}
