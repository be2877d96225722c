package com.delula.retention.statement;

import com.delula.retention.rule.Rule;
import com.delula.retention.rule.RuleTable;

/** The names of the indexes that a rule's statements are answered from. */
final class Indexes {

	private Indexes() {
	}

	/** In the order in which a group's newest rows are found. */
	static String rank(RuleTable table) {
		return "retention_" + table.name() + "_rank_idx";
	}

	/** In the order of removal. */
	static String time(Rule rule, RuleTable table) {
		return "retention_" + table.name() + ((rule.keep() != null) ? "_time_idx" : "_finished_idx");
	}

}
