package com.delula.retention.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What the process's streams are connected to.
 *
 * @param asks whether a person can answer
 * @param colours whether standard output shows colours
 * @param draws whether standard error can redraw a line
 * @param width columns for help
 */
record TerminalKind(boolean asks, boolean colours, boolean draws, int width) {

	/** No terminal at all. */
	static final TerminalKind NONE = new TerminalKind(false, false, false, 80);

	/** Where the process has its open files, on Linux. */
	private static final String DESCRIPTORS = "/proc/self/fd/";

	private static final int OUT = 1;

	private static final int ERR = 2;

	static TerminalKind ofProcess() {
		boolean console = isTerminal(System.console());
		Map<String, String> environment = System.getenv();
		boolean dumb = "dumb".equals(environment.get("TERM"));
		return new TerminalKind(console, colours(environment, console || leadsToTerminal(OUT)),
				!dumb && (console ? !leadsToFile(ERR) : leadsToTerminal(ERR)), width(environment));
	}

	/**
	 * Whether to use colours, by the conventions of other tools: {@code NO_COLOR} wins,
	 * {@code CLICOLOR_FORCE} uses them without a terminal too.
	 */
	static boolean colours(Map<String, String> environment, boolean terminal) {
		if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
			return false;
		}
		String forced = environment.getOrDefault("CLICOLOR_FORCE", "");
		if (!forced.isEmpty() && !forced.equals("0")) {
			return true;
		}
		return terminal && !"dumb".equals(environment.get("TERM"));
	}

	private static int width(Map<String, String> environment) {
		String columns = environment.getOrDefault("COLUMNS", "");
		return columns.matches("[1-9][0-9]{1,2}") ? Math.max(60, Integer.parseInt(columns)) : NONE.width;
	}

	/** Since JDK 22 there may be a console that is no terminal. */
	private static boolean isTerminal(@Nullable Console console) {
		if (console == null) {
			return false;
		}
		try {
			return (boolean) Console.class.getMethod("isTerminal").invoke(console);
		}
		catch (ReflectiveOperationException ex) {
			return true;
		}
	}

	private static boolean leadsToTerminal(int descriptor) {
		return target(descriptor).matches("/dev/(pts/\\d+|tty.*|console)");
	}

	private static boolean leadsToFile(int descriptor) {
		return !target(descriptor).isEmpty() && !leadsToTerminal(descriptor);
	}

	/** What a descriptor leads to; empty where the system does not say. */
	private static String target(int descriptor) {
		try {
			return Files.readSymbolicLink(Path.of(DESCRIPTORS + descriptor)).toString();
		}
		catch (IOException | RuntimeException ex) {
			return "";
		}
	}

}
