package com.delula.retention.statement;

import com.delula.retention.database.SqlTemplate;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Safeguards;

/** Writes into a rule's function how many rows it may remove. */
final class FunctionLimits {

	private FunctionLimits() {
	}

	/** A template of the function that knows the limits. */
	static SqlTemplate of(Rule rule) {
		Safeguards guards = rule.safeguards();
		return new SqlTemplate().with("settings", Literals.of(rule.settings()))
			.with("maxRows", String.valueOf(guards.maxRows()))
			.with("maxShare", String.valueOf(guards.maxShare()));
	}

}
