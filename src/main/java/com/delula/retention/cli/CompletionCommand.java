package com.delula.retention.cli;

import java.util.List;
import java.util.Map;

import com.delula.retention.run.Labelled;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RunStatus;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Prints a script that completes commands, options and rules in the shell, or the manual
 * page.
 */
@Command(name = "completion", mixinStandardHelpOptions = true,
		description = { "Print a completion script for bash, zsh or fish, or the manual page.",
				"It completes the command 'retention', such as an alias of 'java -jar /path/to/retention.jar'.", "",
				"bash, zsh:  source <(retention completion bash)", "fish:       retention completion fish | source",
				"man:        retention completion man > retention.1; man ./retention.1" })
final class CompletionCommand implements CliCommand {

	private static final String NAME = "retention";

	private static final String MAN = "man";

	private static final List<String> SHELLS = List.of("bash", "zsh", "fish", MAN);

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(arity = "0..1", paramLabel = "SHELL", description = "bash (default), zsh, fish or man.")
	private @Nullable String shell;

	@Override
	public int run(Session session) {
		String asked = (this.shell != null) ? this.shell : SHELLS.get(0);
		if (!SHELLS.contains(asked)) {
			throw new ParameterException(this.spec.commandLine(), Spelling.unknown("shell", asked, SHELLS));
		}
		CommandLine line = new Commands(session).line();
		if (asked.equals(MAN)) {
			session.terminal().out().println(ManPage.of(NAME, new Version().getVersion()[0], line));
			return ExitCode.DONE;
		}
		addValues(line, Map.of("RULE", session.description().names(), "STATUS", Labelled.labels(RunStatus.class),
				"MODE", Labelled.labels(Mode.class), "SHELL", SHELLS));
		// The script for bash is also one for zsh.
		session.terminal()
			.out()
			.println(asked.equals("fish") ? FishCompletion.of(NAME, line) : AutoComplete.bash(NAME, line));
		return ExitCode.DONE;
	}

	/** Gives arguments the values that they may have, by their labels. */
	private static void addValues(CommandLine line, Map<String, List<String>> values) {
		for (CommandLine command : line.getSubcommands().values()) {
			CommandSpec spec = command.getCommandSpec();
			for (ArgSpec arg : List.copyOf(spec.args())) {
				List<String> known = values.get(arg.paramLabel());
				if (known != null && arg.group() == null) {
					spec.remove(arg);
					spec.add(arg.isOption() ? OptionSpec.builder((OptionSpec) arg).completionCandidates(known).build()
							: PositionalParamSpec.builder((PositionalParamSpec) arg)
								.completionCandidates(known)
								.build());
				}
			}
		}
	}

}
