package com.delula.retention.admin;

import java.util.concurrent.CompletionException;
import java.util.function.Function;

import com.delula.retention.answer.RunAnswer;
import com.delula.retention.answer.RunCounts;
import com.delula.retention.answer.RunJson;
import com.delula.retention.run.RunEngine;
import com.delula.retention.run.RunOutcome;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.RunTicket;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.ResponseEntity;

/**
 * Answers a call that begins a run: when it has ended, or at once if that is preferred.
 */
class Answers {

	private final RunEngine engine;

	Answers(RunEngine engine) {
		this.engine = engine;
	}

	/**
	 * Begins a run and answers.
	 * @param what what is run, in words that begin a sentence
	 * @param counts the fields of the answer that are the task's own
	 */
	ResponseEntity<Object> run(RunRequest request, HttpServletRequest http, String what,
			Function<RunOutcome, ? extends RunCounts> counts) {
		RunTicket ticket = this.engine.start(request);
		if (Preference.respondAsync(http)) {
			return ResponseEntity.accepted()
				.header("Location", "/api/admin/runs/" + ticket.run().id())
				.header("Preference-Applied", Preference.RESPOND_ASYNC)
				.body(RunJson.of(ticket.run()));
		}
		RunOutcome outcome = await(ticket);
		if (outcome.run().status() == RunStatus.FAILED) {
			throw new RunFailedException(outcome, counts.apply(outcome).fields());
		}
		return ResponseEntity.ok(RunAnswer.of(what, outcome, counts.apply(outcome)));
	}

	private static RunOutcome await(RunTicket ticket) {
		try {
			return ticket.outcome().join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

}
