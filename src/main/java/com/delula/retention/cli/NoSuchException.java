package com.delula.retention.cli;

import java.util.List;
import java.util.UUID;

import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.Run;
import com.delula.retention.run.history.RunHistory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The rule or run does not exist. */
final class NoSuchException extends ParameterException {

	private static final long serialVersionUID = 1L;

	private NoSuchException(CommandSpec spec, String message) {
		super(spec.commandLine(), message);
	}

	/**
	 * The rule of a name.
	 * @throws NoSuchException if there is none
	 */
	static Rule rule(CommandSpec spec, Rules rules, String name) {
		List<String> names = rules.all().stream().map(Rule::name).toList();
		return rules.find(name).orElseThrow(() -> new NoSuchException(spec, Spelling.unknown("rule", name, names)));
	}

	/**
	 * The run with an id.
	 * @throws NoSuchException if there is none
	 */
	static Run run(CommandSpec spec, Session session, String id) {
		try {
			UUID known = UUID.fromString(id);
			return session.bean(RunHistory.class).find(known).orElseThrow(() -> unknown(spec, id));
		}
		catch (IllegalArgumentException ex) {
			throw unknown(spec, id);
		}
	}

	private static NoSuchException unknown(CommandSpec spec, String id) {
		return new NoSuchException(spec, "Unknown run '" + id.replaceAll("\\p{Cntrl}", "?") + "'; 'runs' lists them.");
	}

}
