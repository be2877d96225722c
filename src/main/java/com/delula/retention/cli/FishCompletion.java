package com.delula.retention.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes completions for the shell fish, which picocli does not know. */
final class FishCompletion {

	private final String name;

	private final List<String> lines = new ArrayList<>();

	private FishCompletion(String name) {
		this.name = name;
	}

	static String of(String name, CommandLine line) {
		FishCompletion completion = new FishCompletion(name);
		completion.lines.add("# fish completion for " + name);
		completion.lines.add("complete -c " + name + " -f");
		completion.options(line.getCommandSpec(), "__fish_use_subcommand");
		completion.subcommands(line, "__fish_use_subcommand", "");
		return String.join(System.lineSeparator(), completion.lines);
	}

	/** Completes the commands below one, each with its options and values. */
	private void subcommands(CommandLine line, String when, String seen) {
		line.getSubcommands().forEach((command, child) -> {
			CommandSpec spec = child.getCommandSpec();
			add(when, "-a " + quoted(command) + description(summary(spec)));
			String inside = seen + "__fish_seen_subcommand_from " + command;
			options(spec, inside);
			values(spec, inside);
			if (!child.getSubcommands().isEmpty()) {
				String names = String.join(" ", child.getSubcommands().keySet());
				subcommands(child, inside + "; and not __fish_seen_subcommand_from " + names, inside + "; and ");
			}
		});
	}

	private void options(CommandSpec spec, String when) {
		for (OptionSpec option : spec.options()) {
			StringBuilder line = new StringBuilder();
			for (String each : option.names()) {
				line.append(each.startsWith("--") ? "-l " + each.substring(2) : "-s " + each.substring(1)).append(' ');
			}
			if (option.arity().max() > 0 && !option.type().equals(boolean.class)) {
				String candidates = candidates(option);
				line.append("-x ").append((candidates != null) ? "-a " + quoted(candidates) + " " : "");
			}
			add(when, line.toString().stripTrailing() + description(option.description()));
		}
	}

	private void values(CommandSpec spec, String when) {
		spec.positionalParameters().forEach((parameter) -> {
			String candidates = candidates(parameter);
			if (candidates != null) {
				add(when, "-a " + quoted(candidates));
			}
		});
	}

	private static @Nullable String candidates(ArgSpec arg) {
		Iterable<String> candidates = arg.completionCandidates();
		return (candidates != null)
				? StreamSupport.stream(candidates.spliterator(), false).collect(Collectors.joining(" ")) : null;
	}

	private void add(String when, String what) {
		this.lines.add("complete -c " + this.name + " -n " + quoted(when) + " " + what);
	}

	/** What help lists it with. */
	private static String[] summary(CommandSpec spec) {
		String[] header = spec.usageMessage().header();
		return (header.length > 0) ? header : spec.usageMessage().description();
	}

	private static String description(String[] description) {
		return (description.length > 0) ? " -d " + quoted(description[0]) : "";
	}

	private static String quoted(String text) {
		return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
	}

}
