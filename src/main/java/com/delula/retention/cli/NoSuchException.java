package com.delula.retention.cli;

import java.util.List;

import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
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

	/** That there is no run with an id, or with one that begins so. */
	static NoSuchException run(CommandSpec spec, String id) {
		return new NoSuchException(spec, "Unknown run '" + Terminal.plain(id) + "'; 'runs' lists them.");
	}

}
