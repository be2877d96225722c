package com.delula.retention.launch;

import java.util.List;

/**
 * The arguments of a process: settings, then a command and its own arguments, or nothing
 * but settings, which start the service.
 */
public final class Arguments {

	/**
	 * A setting before the command is named in full, so that a misspelt option of the
	 * command cannot pass for one.
	 */
	private static final String SETTING = "--([A-Za-z][A-Za-z0-9-]*(\\.[A-Za-z0-9_\\[\\]-]+)+|[A-Z][A-Z0-9]*(_[A-Z0-9]+)+)=.*";

	private Arguments() {
	}

	/** The settings before the command. */
	public static List<String> settings(String... args) {
		return List.of(args).subList(0, numberOfSettings(args));
	}

	/** The command and its arguments. */
	public static List<String> command(String... args) {
		return List.of(args).subList(numberOfSettings(args), args.length);
	}

	private static int numberOfSettings(String... args) {
		int number = 0;
		while (number < args.length && args[number].matches(SETTING)) {
			number++;
		}
		return number;
	}

}
