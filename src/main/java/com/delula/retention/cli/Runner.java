package com.delula.retention.cli;

import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.delula.retention.answer.RunCounts;
import com.delula.retention.answer.RunProblem;
import com.delula.retention.answer.RunReply;
import com.delula.retention.run.Caller;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunOutcome;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.Trigger;
import com.delula.retention.run.engine.RunEngine;
import com.delula.retention.run.engine.RunTicket;
import com.delula.retention.run.history.RunHistory;

import org.springframework.dao.DataAccessException;

/** Has a run carried out, and shows how it goes on. */
final class Runner {

	private final Session session;

	private final boolean json;

	/**
	 * For the runs of a command.
	 * @param json whether it answers in JSON, and says nothing else
	 */
	Runner(Session session, boolean json) {
		this.session = session;
		this.json = json;
	}

	/** Who asks: the user of the operating system. */
	static String actor() {
		String user = System.getProperty("user.name", "");
		return (user.isBlank() || user.equals("?")) ? "unknown" : user;
	}

	/** The same, through this door. */
	static Caller caller() {
		return new Caller(actor(), Trigger.CLI);
	}

	/** Runs to the end. */
	RunOutcome carryOut(RunRequest request) {
		RunHistory history = this.session.bean(RunHistory.class);
		RunTicket ticket = this.session.bean(RunEngine.class).start(request);
		Progress progress = new Progress(this.session.terminal());
		tellStart(ticket.run());
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

	/** So that it can be paused or cancelled; a dry run cannot be held back. */
	private void tellStart(Run run) {
		if (!this.json && !run.dryRun()) {
			this.session.terminal().err().println("Run " + GivenRun.brief(run) + " has started.");
		}
	}

	/**
	 * Tells in JSON how a run has ended, as HTTP would.
	 * @param counts what is told of a run that failed
	 * @param reply what is answered to one that did not
	 * @return the exit code
	 */
	static int tell(Session session, RunOutcome outcome, RunCounts counts, RunReply reply) {
		int code = ExitCode.of(outcome.run().status());
		Optional<RunProblem> problem = RunProblem.of(outcome, counts);
		if (problem.isPresent()) {
			return Refusal.of(code, problem.get()).tell(session, true);
		}
		session.json(reply);
		return code;
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
