package com.delula.retention.cli;

import java.util.Locale;
import java.util.stream.Collectors;

import com.delula.retention.answer.OwnAnswers;
import com.delula.retention.answer.RuleRunCounts;
import com.delula.retention.answer.RuleRunJson;
import com.delula.retention.answer.RunAnswer;
import com.delula.retention.answer.RunCounts;
import com.delula.retention.option.OptionException;
import com.delula.retention.option.OptionType;
import com.delula.retention.policy.edit.PolicyEdits;
import com.delula.retention.request.RuleCommand;
import com.delula.retention.request.RuleRequests;
import com.delula.retention.rule.Policy;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.RuleTable;
import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunOutcome;
import com.delula.retention.run.RunOutcome.StepOutcome;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.Trigger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

import org.springframework.http.HttpStatus;

/**
 * Runs a rule, as {@code run RULE} or as a command of the rule's own. An emergency begins
 * once the number of rows that would go has been typed.
 */
final class RuleRun implements CliCommand {

	private static final String QUESTION = """
			This removes %,d %s, whatever their age.
			Type the number to continue:\s""";

	private final Rule rule;

	private final @Nullable RuleCommand own;

	private final RuleOptions options;

	/**
	 * Describes the command.
	 * @param own the command of the rule's own; {@code run RULE} if null
	 */
	RuleRun(Rule rule, @Nullable RuleCommand own) {
		this.rule = rule;
		this.own = own;
		this.options = new RuleOptions(this, rule, own);
	}

	CommandSpec spec() {
		return this.options.spec();
	}

	@Override
	public int run(Session session) {
		Mode mode = this.options.mode();
		this.options.check();
		boolean ask = mode == Mode.EMERGENCY && !this.options.dryRun() && !this.options.yes();
		if (ask && !session.terminal().interactive()) {
			throw new ParameterException(spec().commandLine(),
					"Cannot ask for confirmation without a terminal: use --yes to remove them unasked, or --dry-run to count them");
		}
		String otherSettings = this.options.ownSettings() ? null : OtherSettings.of(session, this.rule);
		if (otherSettings != null && !this.options.dryRun()) {
			return refuse(session, ExitCode.REFUSED, otherSettings + OptionException.NOTHING_DELETED);
		}
		if (otherSettings != null) {
			session.terminal().err().println(otherSettings);
		}
		RuleRequests requests = session.bean(RuleRequests.class);
		RunRequest request = requests.request(this.rule, mode, Trigger.CLI, Runner.actor(),
				this.options.read(requests));
		Runner runner = new Runner(session, json());
		if (ask) {
			Long removable = count(runner, request);
			if (removable == null) {
				return refuse(session, ExitCode.FAILED, "The rows could not be counted. Nothing was deleted.");
			}
			if (!isConfirmed(session.terminal(), removable)) {
				return refuse(session, ExitCode.REFUSED, "The number does not match. Nothing was deleted.");
			}
			Long expected = request.expectedRows();
			request = request.expecting((expected != null) ? Math.min(expected, removable) : removable);
		}
		session.setRunning(true);
		return show(session, runner.carryOut(request));
	}

	private int refuse(Session session, int code, String why) {
		return new Refusal(code, HttpStatus.CONFLICT, why).tell(session, json());
	}

	/** How many rows would go; null if they could not be counted. */
	private static @Nullable Long count(Runner runner, RunRequest request) {
		RunOutcome counted = runner.carryOut(new RunRequest(request.task(), request.mode(), request.trigger(),
				request.actor(), true, request.options()));
		return (counted.run().status() == RunStatus.SUCCEEDED)
				? counted.steps().stream().mapToLong(StepOutcome::removed).sum() : null;
	}

	/** Shows how many rows would go and has the number typed. */
	private boolean isConfirmed(Terminal terminal, long removable) {
		String nouns = this.rule.tables().stream().map(RuleTable::noun).collect(Collectors.joining(" and "));
		String typed = terminal.ask(String.format(Locale.ROOT, QUESTION, removable, nouns));
		return typed != null && OptionType.rowCount().parse(typed).filter((rows) -> rows == removable).isPresent();
	}

	private int show(Session session, RunOutcome outcome) {
		String title = (outcome.run().mode() == Mode.EMERGENCY) ? this.rule.emergencyTitle() : this.rule.title();
		OwnAnswers answers = session.beans(OwnAnswers.class)
			.filter((candidate) -> candidate.rule().equals(this.rule.name()))
			.findFirst()
			.orElse(null);
		if (!json()) {
			new RunSummary(this.rule, answers).show(title, outcome, session.terminal());
			if (outcome.run().dryRun()) {
				tellHolds(session, outcome.run());
			}
			return ExitCode.of(outcome.run().status());
		}
		if (this.own != null && answers != null) {
			RunCounts counts = answers.counts(outcome);
			return Runner.tell(session, outcome, counts, RunAnswer.of(title, outcome, counts));
		}
		return Runner.tell(session, outcome, RuleRunCounts.of(outcome), RuleRunJson.of(title, outcome.run()));
	}

	/** What is held is not among the rows that would go. */
	private void tellHolds(Session session, Run run) {
		if (this.rule.narrowBy().isEmpty()) {
			return;
		}
		PolicyEdits policies = session.bean(PolicyEdits.class);
		policies.matching(this.rule, policies.narrowed(this.rule, run.options()))
			.stream()
			.filter(Policy::hold)
			.forEach((hold) -> session.terminal().out().println(Terminal.plain(text(hold))));
	}

	private static String text(Policy hold) {
		String match = hold.match()
			.entrySet()
			.stream()
			.map((value) -> (value.getValue() != null) ? value.getKey() + " " + value.getValue()
					: "no " + value.getKey())
			.collect(Collectors.joining(" and "));
		return "Kept by the hold " + hold.id() + ": rows with " + match
				+ ((hold.note() != null) ? " (" + hold.note() + ")." : ".");
	}

	@Override
	public boolean json() {
		return this.options.json();
	}

	@Override
	public boolean deletes() {
		return true;
	}

	@Override
	public boolean removes() {
		return !this.options.dryRun();
	}

}
