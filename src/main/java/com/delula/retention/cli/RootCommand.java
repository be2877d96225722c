package com.delula.retention.cli;

import picocli.CommandLine.Command;

/** What stands above the commands. */
@Command(name = "retention", mixinStandardHelpOptions = true, versionProvider = Version.class,
		synopsisSubcommandLabel = "COMMAND",
		description = "Deletes old rows by rules, and accounts for every row removed.",
		footer = { "",
				"Without a command, the service starts. Commands take the same settings as the service, from the environment"
						+ " (DATABASE_URL, …) or as --property=value before the command.",
				"", "Exit status: 0 done, 1 failed, 2 wrong usage, 3 another run is under way,",
				"4 refused, 130 interrupted." })
final class RootCommand {

}
