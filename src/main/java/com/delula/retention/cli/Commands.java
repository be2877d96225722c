package com.delula.retention.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import com.delula.retention.cli.Session.StartFailedException;
import com.delula.retention.option.OptionException;
import com.delula.retention.option.OptionType;
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

import org.springframework.http.HttpStatus;

/**
 * Reads a command and has it done. Nothing is guessed: what is unknown, repeated or empty
 * is wrong usage.
 */
final class Commands {

	private static final Logger log = LoggerFactory.getLogger(Commands.class);

	/**
	 * Commands that do not come with a rule. Scanning for them would take a tenth of the
	 * time of a short command.
	 */
	private static final List<Class<? extends CliCommand>> FIXED = List.of(CancelCommand.class, CompletionCommand.class,
			DoctorCommand.class, ExplainCommand.class, NotifyCommand.class, PaceCommand.class, PauseCommand.class,
			PgCronCommand.class, PoliciesCommand.class, ReportCommand.class, RestoreCommand.class, ResumeCommand.class,
			RulesCommand.class, RunsCommand.class, StatusCommand.class);

	/**
	 * Commands so short that describing all others to picocli would take a tenth of their
	 * time.
	 */
	private static final Map<String, Class<? extends CliCommand>> SHORT = Map.of("cancel", CancelCommand.class, "pace",
			PaceCommand.class, "pause", PauseCommand.class, "resume", ResumeCommand.class, "runs", RunsCommand.class,
			"status", StatusCommand.class);

	/** Longer lines are hard to read. */
	private static final int WIDEST_HELP = 120;

	private final Session session;

	/** What keeps the rules from being told; the reason has been said. */
	private @Nullable StartFailedException unknownRules;

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
			this.unknownRules = ex;
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
		Terminal terminal = this.session.terminal();
		line.setUsageHelpWidth(Math.min(terminal.kind().width(), WIDEST_HELP));
		line.setColorScheme(Help.defaultColorScheme(terminal.kind().colours() ? Ansi.ON : Ansi.OFF));
		line.setOut(terminal.out());
		line.setErr(terminal.err());
		line.setExecutionStrategy(this::execute);
		line.setParameterExceptionHandler((ex, given) -> unreadable(ex, List.of(given)));
		return line;
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
			this.session.setStartsPartly(command.startsPartly());
			return command.run(this.session);
		}
		catch (ParameterException ex) {
			return usage(ex, command.json());
		}
		catch (OptionException ex) {
			return usage(line, ex.text(Spelling::argument), HttpStatus.BAD_REQUEST, command.json());
		}
		catch (StartFailedException ex) {
			return Refusal.notStarted(ex).tellJson(this.session, command.json());
		}
		catch (RuntimeException ex) {
			Refusal known = Refusal.of(ex);
			return (known != null) ? known.tell(this.session, command.json()) : unexpected(command, ex);
		}
	}

	/** The start of all parts may name what is wrong with the installation. */
	private int unexpected(CliCommand command, RuntimeException ex) {
		try {
			this.session.startFully();
		}
		catch (StartFailedException failed) {
			return Refusal.notStarted(failed).tellJson(this.session, command.json());
		}
		log.error("The command failed", ex);
		return Refusal.unexpected().tellJson(this.session, command.json());
	}

	/** What could not be read as a command; what was read of it may be incomplete. */
	private int unreadable(ParameterException ex, List<String> given) {
		boolean json = given.contains("--json");
		StartFailedException failed = this.unknownRules;
		return (failed != null) ? Refusal.notStarted(failed).tellJson(this.session, json) : usage(ex, json);
	}

	private int usage(ParameterException ex, boolean json) {
		HttpStatus status = Spelling.isUnknownName(ex) ? HttpStatus.NOT_FOUND : HttpStatus.BAD_REQUEST;
		return usage(ex.getCommandLine(), Spelling.text(ex), status, json);
	}

	private int usage(CommandLine wrong, String why, HttpStatus status, boolean json) {
		boolean looks = wrong.getCommand() instanceof CliCommand command && !command.deletes();
		int code = new Refusal(ExitCode.USAGE, status, why + (looks ? "" : OptionException.NOTHING_DELETED))
			.tell(this.session, json);
		this.session.terminal().err().println("Try '" + wrong.getCommandSpec().qualifiedName() + " --help'.");
		return code;
	}

}
