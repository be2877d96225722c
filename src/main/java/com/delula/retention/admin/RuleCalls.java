package com.delula.retention.admin;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

import com.delula.retention.answer.RuleRunCounts;
import com.delula.retention.answer.RuleRunJson;
import com.delula.retention.answer.RunAnswer;
import com.delula.retention.answer.RunCounts;
import com.delula.retention.answer.RunJson;
import com.delula.retention.answer.RunProblem;
import com.delula.retention.answer.RunReply;
import com.delula.retention.option.OptionSet;
import com.delula.retention.request.RuleRequests;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.Mode;
import com.delula.retention.run.NotRestorableException;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunOutcome;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.Trigger;
import com.delula.retention.run.engine.RunEngine;
import com.delula.retention.run.engine.RunTicket;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;

/**
 * Carries out every call that runs a rule: reads its options, begins the run, and answers
 * when it has ended, or at once if that is preferred.
 */
public final class RuleCalls {

	private final Rules rules;

	private final RuleRequests requests;

	private final RunEngine engine;

	RuleCalls(Rules rules, RuleRequests requests, RunEngine engine) {
		this.rules = rules;
		this.requests = requests;
		this.engine = engine;
	}

	/** Runs a rule at the address that all rules have. */
	ResponseEntity<RunReply> run(Rule rule, Mode mode, HttpServletRequest http, Authentication caller)
			throws IOException {
		RunRequest request = request(rule, mode, this.requests.optionsByName(rule, mode), http, caller);
		return run(request, http, RuleRunCounts::of, (outcome) -> RuleRunJson.of(what(rule, mode), outcome.run()));
	}

	/**
	 * Runs a rule at an older address of its own.
	 * @param counts the fields of the answer that are the address's own
	 */
	public ResponseEntity<RunReply> run(String name, Mode mode, HttpServletRequest http, Authentication caller,
			Function<RunOutcome, ? extends RunCounts> counts) throws IOException {
		Rule rule = this.rules.get(name);
		RunRequest request = request(rule, mode, this.requests.options(rule, mode), http, caller);
		return run(request, http, counts, (outcome) -> RunAnswer.of(what(rule, mode), outcome, counts.apply(outcome)));
	}

	/**
	 * Puts back what a run removed.
	 * @throws NotRestorableException if its rule is no longer configured
	 */
	ResponseEntity<RunReply> restore(Run run, HttpServletRequest http, Authentication caller) throws IOException {
		Rule rule = this.rules.find(run.task()).orElseThrow(NotRestorableException::withoutRule);
		RunRequest request = RuleRequests.restore(run, Trigger.API, caller.getName(),
				RuleRequests.restoreOptions().parse(SentOptions.of(http)));
		return run(request, http, RuleRunCounts::of,
				(outcome) -> RuleRunJson.of(what(rule, Mode.RESTORE), outcome.run()));
	}

	private static String what(Rule rule, Mode mode) {
		return switch (mode) {
			case REGULAR -> rule.title();
			case EMERGENCY -> rule.emergencyTitle();
			case RESTORE -> rule.restoreTitle();
		};
	}

	private RunRequest request(Rule rule, Mode mode, OptionSet options, HttpServletRequest http, Authentication caller)
			throws IOException {
		return this.requests.request(rule, mode, Trigger.API, caller.getName(), options.parse(SentOptions.of(http)));
	}

	private ResponseEntity<RunReply> run(RunRequest request, HttpServletRequest http,
			Function<RunOutcome, ? extends RunCounts> counts, Function<RunOutcome, RunReply> answer) {
		RunTicket ticket = this.engine.start(request);
		if (Preference.respondAsync(http)) {
			return ResponseEntity.accepted()
				.header("Location", "/api/admin/runs/" + ticket.run().id())
				.header("Preference-Applied", Preference.RESPOND_ASYNC)
				.body(RunJson.of(ticket.run()));
		}
		RunOutcome outcome = await(ticket);
		RunProblem.of(outcome, counts.apply(outcome)).ifPresent((problem) -> {
			throw new RunProblemException(problem);
		});
		return ResponseEntity.ok(answer.apply(outcome));
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
