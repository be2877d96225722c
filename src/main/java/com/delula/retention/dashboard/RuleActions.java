package com.delula.retention.dashboard;

import java.util.List;

import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;

import org.springframework.stereotype.Component;

/** The buttons of all rules. */
@Component
class RuleActions {

	private final Rules rules;

	RuleActions(Rules rules) {
		this.rules = rules;
	}

	/** The actions of a rule; none if it is no longer configured. */
	List<RuleAction> of(String rule) {
		return this.rules.find(rule).map(RuleAction::of).orElse(List.of());
	}

	/** The actions of a rule that a user may start. */
	List<RuleAction> offered(Rule rule, CurrentUser user) {
		return RuleAction.of(rule).stream().filter((action) -> action.isFor(user)).toList();
	}

	/**
	 * The action that an address names.
	 * @throws NoSuchPageException if the rule does not offer it
	 */
	RuleAction find(String rule, String mode) {
		return of(rule).stream()
			.filter((action) -> action.mode().label().equals(mode))
			.findFirst()
			.orElseThrow(NoSuchPageException::action);
	}

	/** All rules, in the order in which they are shown. */
	List<Rule> rules() {
		return this.rules.all();
	}

}
