package com.delula.retention.cli;

import com.delula.retention.answer.RuleRunCounts;
import com.delula.retention.answer.RuleRunJson;
import com.delula.retention.option.RawOptions;
import com.delula.retention.option.RawValue;
import com.delula.retention.request.RuleRequests;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.NotRestorableException;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunOutcome;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.Trigger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts back what a run removed. */
@Command(name = "restore", mixinStandardHelpOptions = true,
		description = "Put back the rows that a run removed, within the undo window.",
		footer = { "", "A restore covers all rows that the run removed; you cannot choose a part of them.",
				"Restored rows still satisfy their rule: the next run removes them again,",
				"unless its settings or a policy keep them." })
final class RestoreCommand implements CliCommand {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(paramLabel = "RUN", description = GivenRun.DESCRIPTION)
	private String run = "";

	@Option(names = "--dry-run", description = "Only count the rows.")
	private boolean dryRun;

	@Option(names = "--expected-rows", paramLabel = "N", description = "Refuse if more rows would come back.")
	private @Nullable String expectedRows;

	@Option(names = "--json", description = "Answer in JSON, with the API's field names.")
	private boolean json;

	@Override
	public int run(Session session) {
		Run undone = GivenRun.find(this.spec, session, this.run);
		Rule rule = session.bean(Rules.class).find(undone.task()).orElseThrow(NotRestorableException::withoutRule);
		RunRequest request = RuleRequests.restore(undone, Trigger.CLI, Runner.actor(),
				RuleRequests.restoreOptions().parse(options()));
		session.setRunning(true);
		RunOutcome outcome = new Runner(session, this.json).carryOut(request);
		if (this.json) {
			return Runner.tell(session, outcome, RuleRunCounts.of(outcome),
					RuleRunJson.of(rule.restoreTitle(), outcome.run()));
		}
		new RunSummary(rule, null).show(rule.restoreTitle(), outcome, session.terminal());
		return ExitCode.of(outcome.run().status());
	}

	private RawOptions options() {
		RawOptions options = new RawOptions();
		if (this.dryRun) {
			options.add("dryRun", RawValue.plain("true"));
		}
		if (this.expectedRows != null) {
			options.add("expectedRows", RawValue.plain(this.expectedRows));
		}
		return options;
	}

	@Override
	public boolean json() {
		return this.json;
	}

}
