package com.delula.retention.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** Prints a script that completes commands and options in the shell. */
@Command(name = "completion", mixinStandardHelpOptions = true,
		description = { "Print a completion script for bash and zsh:",
				"alias retention='java -jar /path/to/retention.jar'", "source <(retention completion)" })
final class CompletionCommand implements CliCommand {

	@Override
	public int run(Session session) {
		session.terminal().out().println(AutoComplete.bash("retention", new Commands(session).line()));
		return ExitCode.DONE;
	}

}
