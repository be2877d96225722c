package com.delula.retention.cli;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

import com.delula.retention.option.OptionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells of wrong options in the words of the other doors, spelt as arguments. */
final class Spelling {

	/** The kind whose names come from the settings. */
	private static final String RULE = "rule";

	/** Where else a rule may be. */
	private static final String OWN_RULES = " Rules of your own come from the service's configuration; give the command the same,"
			+ " such as SPRING_CONFIG_ADDITIONAL_LOCATION.";

	private Spelling() {
	}

	/** An option's name as an argument: {@code recipeId} is {@code --recipe-id}. */
	static String argument(String name) {
		return name.startsWith("-") ? name : "--" + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

	/** What is wrong, in a sentence. */
	static String text(ParameterException ex) {
		CommandSpec command = ex.getCommandLine().getCommandSpec();
		if (ex instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()
				&& !command.subcommands().isEmpty()) {
			String kind = command.usageMessage().synopsisSubcommandLabel().toLowerCase(Locale.ROOT);
			return unknown(kind, unmatched.getUnmatched().get(0), command.subcommands().keySet());
		}
		if (ex instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption()) {
			List<String> valid = options(ex.getCommandLine().getCommandSpec());
			String name = unmatched.getUnmatched().get(0).split("=", 2)[0];
			return valid.isEmpty() ? sentence(ex) : OptionException.unknown(name, valid).text(Spelling::argument);
		}
		if (ex instanceof OverwrittenOptionException twice && twice.getOverwritten() instanceof OptionSpec option) {
			return OptionException.repeated(option.longestName()).text(Spelling::argument);
		}
		if (ex.getCause() instanceof TypeConversionException && ex.getArgSpec() instanceof OptionSpec option) {
			String allowed = String.valueOf(ex.getCause().getMessage());
			return OptionException.invalid(option.longestName(), String.valueOf(ex.getValue()), allowed)
				.text(Spelling::argument);
		}
		return sentence(ex);
	}

	/** Whether it names a command, a rule or a run that does not exist. */
	static boolean isUnknownName(ParameterException ex) {
		return ex instanceof NoSuchException || (ex instanceof UnmatchedArgumentException unmatched
				&& !unmatched.isUnknownOption() && !ex.getCommandLine().getCommandSpec().subcommands().isEmpty());
	}

	/** Says that a name is unknown, and lists the valid ones. */
	static String unknown(String kind, String name, Collection<String> valid) {
		String shown = Terminal.plain(name);
		return "Unknown " + kind + " '" + shown + "'. Valid " + kind + "s: " + String.join(", ", valid) + "."
				+ (kind.equals(RULE) ? OWN_RULES : "");
	}

	private static List<String> options(CommandSpec command) {
		return command.options()
			.stream()
			.filter((option) -> !option.usageHelp() && !option.versionHelp())
			.map(OptionSpec::longestName)
			.toList();
	}

	private static String sentence(ParameterException ex) {
		String text = String.valueOf(ex.getMessage());
		return text.endsWith(".") ? text : text + ".";
	}

}
