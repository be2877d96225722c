package com.delula.retention.dashboard;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.statement.StateCounts;
import com.delula.retention.status.Counts;
import com.delula.retention.status.FreshCount;

/** How many rows the rules' tables have in each state, at most five seconds ago. */
class TableStates {

	private final Map<String, FreshCount<Map<String, Map<String, Long>>>> byRule = new LinkedHashMap<>();

	TableStates(Rules rules, StateCounts states, Counts counts) {
		rules.all()
			.forEach((rule) -> this.byRule.put(rule.name(),
					counts.shared("states-" + rule.name(), rule.name(), () -> states.count(rule))));
	}

	/** Rows by state, by table. */
	Map<String, Map<String, Long>> of(Rule rule) {
		return Objects.requireNonNull(this.byRule.get(rule.name())).get();
	}

}
