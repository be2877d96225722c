package com.delula.retention.cli;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.delula.retention.run.Run;
import com.delula.retention.run.history.RunHistory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * The run that a command is given: by its id, or by the beginning of it where no other
 * run's id begins so.
 */
final class GivenRun {

	/** What a command says of its parameter. */
	static final String DESCRIPTION = "The run's id, or its first digits, at least 4; 'runs' lists them.";

	/** Fewer digits would soon begin another run's id as well. */
	private static final int FEWEST = 4;

	/** The digits before the first hyphen. */
	private static final int BRIEF = 8;

	/** So many ids of an ambiguous beginning are told. */
	private static final int TOLD = 5;

	private static final String FIRST = "00000000-0000-0000-0000-000000000000";

	private static final String LAST = "ffffffff-ffff-ffff-ffff-ffffffffffff";

	private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

	private GivenRun() {
	}

	/**
	 * The run that is meant.
	 * @throws ParameterException if there is none, or more than one
	 */
	static Run find(CommandSpec spec, Session session, String given) {
		String start = given.toLowerCase(Locale.ROOT);
		if (start.length() > FIRST.length() || !ID.matcher(filled(start, FIRST)).matches()) {
			throw NoSuchException.run(spec, given);
		}
		if (start.length() < FEWEST) {
			throw new ParameterException(spec.commandLine(),
					"Ambiguous run '" + given + "': give at least " + FEWEST + " digits of its id; 'runs' lists them.");
		}
		List<Run> found = session.bean(RunHistory.class)
			.find(UUID.fromString(filled(start, FIRST)), UUID.fromString(filled(start, LAST)), TOLD + 1);
		if (found.isEmpty()) {
			throw NoSuchException.run(spec, given);
		}
		if (found.size() > 1) {
			throw new ParameterException(spec.commandLine(), ambiguous(given, found));
		}
		return found.get(0);
	}

	/** So much of its id as a person needs to give it to a command. */
	static String brief(Run run) {
		return run.id().toString().substring(0, BRIEF);
	}

	private static String filled(String start, String end) {
		return start + end.substring(start.length());
	}

	private static String ambiguous(String given, List<Run> found) {
		String ids = found.stream().limit(TOLD).map((run) -> run.id().toString()).collect(Collectors.joining(", "));
		return "Ambiguous run '" + given + "': matches " + ids + ((found.size() > TOLD) ? " and others." : ".");
	}

}
