package com.delula.retention.cli;

import java.util.List;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Looks at the values of options as strictly as the API does. */
final class Checks {

	private Checks() {
	}

	/** A text of at least one character; null if not given. */
	static @Nullable String text(CommandSpec command, String option, @Nullable String value) {
		if (value != null && (value.isBlank() || value.indexOf('\0') >= 0)) {
			throw wrong(command, option, value, "a text that is not empty");
		}
		return value;
	}

	/** A whole number between two bounds; null if not given. */
	static @Nullable Integer number(CommandSpec command, String option, @Nullable String value, int least, int most) {
		if (value == null) {
			return null;
		}
		boolean fits = value.matches("0|[1-9][0-9]{0,8}") && Integer.parseInt(value) >= least
				&& Integer.parseInt(value) <= most;
		if (!fits) {
			throw wrong(command, option, value, "a whole number from " + least + " to " + most);
		}
		return Integer.valueOf(value);
	}

	/** One of a few words; null if not given. */
	static @Nullable String oneOf(CommandSpec command, String option, @Nullable String value, List<String> allowed) {
		if (value != null && !allowed.contains(value)) {
			throw wrong(command, option, value, "one of " + String.join(", ", allowed));
		}
		return value;
	}

	static ParameterException wrong(CommandSpec command, String option, String value, String allowed) {
		return new ParameterException(command.commandLine(), "The option '" + option + "' cannot be '"
				+ value.replaceAll("\\p{Cntrl}", "?") + "'; allowed is " + allowed);
	}

}
