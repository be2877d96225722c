package com.delula.retention.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import com.delula.retention.cli.Session.StartFailedException;
import com.delula.retention.database.SqlFault;
import com.delula.retention.option.OptionException;
import com.delula.retention.option.OptionType;
import com.delula.retention.pgcron.PgCronException;
import com.delula.retention.policy.edit.PolicyException;
import com.delula.retention.run.AlreadyRunningException;
import com.delula.retention.run.InstallationIncompleteException;
import com.delula.retention.run.NotRestorableException;
import com.delula.retention.run.engine.RunUnrecordedException;
import com.delula.retention.run.engine.StoppingException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a command and has it done. Nothing is guessed: what is unknown, repeated or empty
 * is wrong usage.
 */
final class Commands {

	private static final Logger log = LoggerFactory.getLogger(Commands.class);

	/**
	 * Those that no rule brings. To find them by a scan takes a tenth of a short command.
	 */
	private static final List<Class<? extends CliCommand>> FIXED = List.of(CancelCommand.class, CompletionCommand.class,
			DoctorCommand.class, ExplainCommand.class, NotifyCommand.class, PaceCommand.class, PauseCommand.class,
			PgCronCommand.class, PoliciesCommand.class, ReportCommand.class, RestoreCommand.class, ResumeCommand.class,
			RulesCommand.class, RunsCommand.class, StatusCommand.class);

	/** So short that to describe all the others to picocli would be a tenth of them. */
	private static final Map<String, Class<? extends CliCommand>> SHORT = Map.of("runs", RunsCommand.class, "status",
			StatusCommand.class);

	/** Longer lines are hard to read. */
	private static final int WIDEST_HELP = 120;

	private final Session session;

	/** Whether a setting keeps the rules from being told; the reason has been said. */
	private boolean unknownRules;

	Commands(Session session) {
		this.session = session;
	}

	int execute(List<String> args) {
		return line(args.isEmpty() ? "" : args.get(0)).execute(args.toArray(String[]::new));
	}

	private CommandLine line(String command) {
		Class<? extends CliCommand> only = SHORT.get(command);
		if (only != null) {
			return fixed(List.of(only));
		}
		CommandLine line = fixed(FIXED);
		return line.getSubcommands().containsKey(command) ? line : all(line);
	}

	/** All commands; also for the completion script. */
	CommandLine line() {
		return all(fixed(FIXED));
	}

	/** The commands that need no rule to be known, so that they start fast. */
	private CommandLine fixed(List<Class<? extends CliCommand>> commands) {
		CommandLine line = new CommandLine(new RootCommand());
		commands.forEach(line::addSubcommand);
		return configured(line);
	}

	/** Adds those that the rules have, and help, which tells of them all. */
	private CommandLine all(CommandLine fixed) {
		Map<String, Object> commands = new TreeMap<>(fixed.getSubcommands());
		try {
			new RuleCommands(this.session.description()).specs().forEach((spec) -> commands.put(spec.name(), spec));
		}
		catch (StartFailedException ex) {
			this.unknownRules = true;
		}
		CommandLine line = new CommandLine(new RootCommand());
		commands.forEach(line::addSubcommand);
		line.addSubcommand(new HelpCommand());
		return configured(line);
	}

	private CommandLine configured(CommandLine line) {
		line.setExpandAtFiles(false);
		line.setUnmatchedOptionsAllowedAsOptionParameters(false);
		line.registerConverter(boolean.class, Commands::flag);
		line.registerConverter(UUID.class, Commands::id);
		Terminal terminal = this.session.terminal();
		line.setUsageHelpWidth(Math.min(terminal.kind().width(), WIDEST_HELP));
		line.setColorScheme(Help.defaultColorScheme(terminal.kind().colours() ? Ansi.ON : Ansi.OFF));
		line.setOut(terminal.out());
		line.setErr(terminal.err());
		line.setExecutionStrategy(this::execute);
		line.setParameterExceptionHandler((ex, given) -> this.unknownRules ? ExitCode.FAILED : usage(ex));
		return line;
	}

	private static UUID id(String value) {
		try {
			return UUID.fromString(value);
		}
		catch (IllegalArgumentException ex) {
			throw new TypeConversionException("'%s' is not the id of a run; 'runs' lists them".formatted(value));
		}
	}

	private static boolean flag(String value) {
		OptionType<Boolean> flag = OptionType.flag();
		return flag.parse(value).orElseThrow(() -> new TypeConversionException(flag.allowed()));
	}

	private int execute(ParseResult parsed) {
		Integer help = CommandLine.executeHelpRequest(parsed);
		if (help != null) {
			return help;
		}
		List<CommandLine> commands = parsed.asCommandLineList();
		CommandLine last = commands.get(commands.size() - 1);
		if (last.getCommand() instanceof CliCommand command) {
			return attempt(command, last);
		}
		throw new ParameterException(last, "Missing " + label(last) + ". Valid " + label(last) + "s: "
				+ String.join(", ", last.getSubcommands().keySet()) + ".");
	}

	private static String label(CommandLine line) {
		return line.getCommandSpec().usageMessage().synopsisSubcommandLabel().toLowerCase(Locale.ROOT);
	}

	private int attempt(CliCommand command, CommandLine line) {
		try {
			this.session.setBuildsIndexes(command.removes());
			this.session.setLooksOnly(command.looksOnly());
			this.session.setReadsOnly(command.readsOnly());
			return command.run(this.session);
		}
		catch (ParameterException ex) {
			return usage(ex);
		}
		catch (OptionException ex) {
			return usage(line, ex.text(Spelling::argument));
		}
		catch (PolicyException ex) {
			return refuse(command, (ex.kind() == PolicyException.Kind.INVALID) ? ExitCode.USAGE : ExitCode.REFUSED,
					ex.getMessage() + PolicyException.NOTHING_CHANGED, null);
		}
		catch (AlreadyRunningException ex) {
			return refuse(command, ExitCode.BUSY, ex.getMessage() + ". Nothing was done.", ex.runId());
		}
		catch (InstallationIncompleteException | PgCronException | RunUnrecordedException ex) {
			return refuse(command, ExitCode.FAILED, String.valueOf(ex.getMessage()), null);
		}
		catch (NotRestorableException ex) {
			return refuse(command, ExitCode.REFUSED, String.valueOf(ex.getMessage()), null);
		}
		catch (StoppingException ex) {
			return refuse(command, ExitCode.INTERRUPTED, "Stopped before the run began. Nothing was done.", null);
		}
		catch (StartFailedException ex) {
			return ExitCode.FAILED;
		}
		catch (RuntimeException ex) {
			return fail(command, ex);
		}
	}

	private int fail(CliCommand command, RuntimeException ex) {
		if (SqlFault.isReadOnly(ex)) {
			return refuse(command, ExitCode.FAILED, "The database is read-only: " + SqlFault.reason(ex), null);
		}
		if (SqlFault.of(ex) == SqlFault.UNREACHABLE) {
			return refuse(command, ExitCode.FAILED, "The database cannot be reached.", null);
		}
		return explained() ? ExitCode.FAILED : unexpected(ex);
	}

	/** Whether the start of all parts has named what is wrong with the installation. */
	private boolean explained() {
		try {
			this.session.startFully();
			return false;
		}
		catch (StartFailedException ex) {
			return true;
		}
	}

	private static int unexpected(RuntimeException ex) {
		log.error("The command failed", ex);
		return ExitCode.FAILED;
	}

	private int refuse(CliCommand command, int code, String why, @Nullable UUID run) {
		if (command.json()) {
			this.session.json(new Refusal(false, why, run));
		}
		return refuse(code, why);
	}

	private int refuse(int code, String why) {
		this.session.terminal().err().println(why);
		return code;
	}

	private int usage(ParameterException ex) {
		return usage(ex.getCommandLine(), Spelling.text(ex));
	}

	private int usage(CommandLine wrong, String why) {
		boolean looks = wrong.getCommand() instanceof CliCommand command && !command.deletes();
		refuse(ExitCode.USAGE, why + (looks ? "" : OptionException.NOTHING_DELETED));
		return refuse(ExitCode.USAGE, "Try '" + wrong.getCommandSpec().qualifiedName() + " --help'.");
	}

	/**
	 * Why nothing was done.
	 *
	 * @param success always false
	 * @param detail the reason
	 * @param runId the run that is under way; null if that is not the reason
	 */
	private record Refusal(boolean success, String detail, @Nullable UUID runId) {

	}

}
