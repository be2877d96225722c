package com.delula.retention.admin;

import java.util.List;
import java.util.function.Predicate;

import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;

/** There is no rule with the name, or not what is asked of it. */
final class NoSuchRuleException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private NoSuchRuleException(String message) {
		super(message);
	}

	static NoSuchRuleException named(Rules rules) {
		return new NoSuchRuleException(
				"There is no rule with this name. Valid rules: " + names(rules, (rule) -> true) + ".");
	}

	static NoSuchRuleException withEmergency(Rule rule, Rules rules) {
		return new NoSuchRuleException("The rule " + rule.name() + " offers no emergency. Rules that do: "
				+ names(rules, Rule::emergency) + ". Nothing was deleted.");
	}

	private static String names(Rules rules, Predicate<Rule> which) {
		List<String> names = rules.all().stream().filter(which).map(Rule::name).toList();
		return names.isEmpty() ? "none" : String.join(", ", names);
	}

}
