package com.delula.retention.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Writes the manual page of all commands from what their help says, for {@code man}.
 */
final class ManPage {

	private static final String HELP = "help";

	private static final String STATUS = "Exit status: ";

	private final List<String> lines = new ArrayList<>();

	private ManPage() {
	}

	static String of(String name, String version, CommandLine line) {
		ManPage page = new ManPage();
		CommandSpec spec = line.getCommandSpec();
		page.lines.add(".TH " + name.toUpperCase(Locale.ROOT) + " 1 \"\" \"" + escaped(version) + "\"");
		// Ragged lines without hyphens, so that options stay whole.
		page.lines.addAll(List.of(".ad l", ".nh"));
		page.section("NAME", name + " - " + lowered(spec.usageMessage().description()[0]));
		page.section("SYNOPSIS", name + " [--property=value ...] COMMAND [OPTIONS]", name + " [--property=value ...]");
		page.section("DESCRIPTION", footer(spec, false));
		page.lines.add(".SH COMMANDS");
		page.commands(line);
		page.section("EXIT STATUS", footer(spec, true));
		page.section("ENVIRONMENT", "DATABASE_URL, and all settings of the service; NO_COLOR and CLICOLOR_FORCE turn"
				+ " colours off and on; COLUMNS is the width of help.");
		return String.join(System.lineSeparator(), page.lines);
	}

	/** The footer of the help speaks of the exit status at its end. */
	private static String footer(CommandSpec spec, boolean status) {
		String footer = String.join(" ", plain(spec.usageMessage().footer()));
		int at = footer.indexOf(STATUS);
		return status ? footer.substring(at + STATUS.length()) : footer.substring(0, at).strip();
	}

	private void commands(CommandLine line) {
		line.getSubcommands().forEach((name, child) -> {
			if (!name.equals(HELP)) {
				command(child);
				commands(child);
			}
		});
	}

	private void command(CommandLine line) {
		CommandSpec spec = line.getCommandSpec();
		Help help = new Help(spec, Help.defaultColorScheme(Ansi.OFF));
		this.lines.add(".SS " + escaped(help.synopsis(0).replaceAll("\\s+", " ").strip()));
		paragraphs(plain(spec.usageMessage().description()));
		spec.positionalParameters().stream().filter((each) -> !each.hidden()).forEach(this::argument);
		spec.options().stream().filter((each) -> !each.hidden() && !isStandard(each)).forEach(this::argument);
	}

	private static boolean isStandard(OptionSpec option) {
		return option.usageHelp() || option.versionHelp();
	}

	private void argument(ArgSpec arg) {
		this.lines.add(".TP");
		this.lines.add(".B " + escaped(label(arg)));
		paragraphs(plain(arg.description()));
	}

	private static String label(ArgSpec arg) {
		if (!(arg instanceof OptionSpec option)) {
			return arg.paramLabel();
		}
		String names = String.join(", ", option.names());
		return (option.arity().max() > 0) ? names + "=" + option.paramLabel() : names;
	}

	private void section(String title, String... paragraphs) {
		this.lines.add(".SH " + title);
		paragraphs(paragraphs);
	}

	private void paragraphs(String... paragraphs) {
		for (int i = 0; i < paragraphs.length; i++) {
			if (i > 0) {
				this.lines.add(".br");
			}
			this.lines.add(escaped(paragraphs[i]));
		}
	}

	/** What help would print, without its formats. */
	private static String[] plain(String... texts) {
		return Arrays.stream(texts)
			.flatMap((text) -> Arrays.stream(text.split("%n")))
			.map((text) -> text.replace("%%", "%"))
			.filter((text) -> !text.isBlank())
			.toArray(String[]::new);
	}

	private static String lowered(String sentence) {
		return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1).replaceAll("\\.$", "");
	}

	/** A line that begins with a dot or a quote would be a request. */
	private static String escaped(String text) {
		String safe = text.lines()
			.collect(Collectors.joining(" "))
			.replace("\\", "\\e")
			.replace("-", "\\-")
			.replace("…", "...");
		return (safe.startsWith(".") || safe.startsWith("'")) ? "\\&" + safe : safe;
	}

}
