package com.delula.retention.cli;

import java.util.List;
import java.util.stream.Stream;

import com.delula.retention.cli.RuleApplication.Description;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands that the rules have: {@code run} with each rule, and those of their own.
 */
final class RuleCommands {

	private final Description description;

	RuleCommands(Description description) {
		this.description = description;
	}

	List<CommandSpec> specs() {
		Stream<CommandSpec> own = this.description.commands()
			.stream()
			.map((command) -> new RuleRun(this.description.rule(command), command).spec());
		return Stream.concat(Stream.of(run()), own).toList();
	}

	private CommandSpec run() {
		CommandSpec run = CommandSpec.create().name("run").mixinStandardHelpOptions(true);
		run.usageMessage()
			.synopsisSubcommandLabel("RULE")
			.description("Run a rule: " + String.join(", ", this.description.names()) + ".");
		this.description.rules().all().forEach((rule) -> {
			CommandSpec command = new RuleRun(rule, null).spec();
			run.addSubcommand(rule.name(), command);
		});
		return run;
	}

}
