package com.delula.retention.dashboard;

import java.util.List;

import com.delula.retention.dashboard.Firings.Firing;
import com.delula.retention.policy.StoredPolicy;
import com.delula.retention.rule.Condition;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.RuleTable;

/**
 * A rule as its page shows it.
 *
 * @param state what it does, and what the current user can start
 * @param settings its settings in force
 * @param firings when it runs next by itself
 * @param policies its policies
 * @param runs its newest runs
 */
record RuleView(RuleState state, List<RuleSetting> settings, List<Firing> firings, List<StoredPolicy> policies,
		List<RunView> runs) {

	/** The property that turns its schedule off. */
	public static String scheduleProperty(Rule rule) {
		return rule.settings() + (rule.settings().endsWith("." + rule.name()) ? ".schedule.cron" : ".cron");
	}

	/** What its page says of a table: which rows can go, in words. */
	public static String rows(RuleTable table) {
		if (table.where().isEmpty()) {
			return "all rows";
		}
		return conditions(table.where());
	}

	/** Conditions in words; empty without any. */
	static String conditions(List<Condition> where) {
		return String.join(" and ", where.stream().map(RuleView::condition).toList());
	}

	private static String condition(Condition condition) {
		return condition.column().replace('_', ' ') + " is " + String.join(" or ",
				condition.values().stream().map((value) -> (value != null) ? value : "empty").toList());
	}

	/** What its page says of a table: what a row's time is. */
	public static String time(RuleTable table) {
		return String.join(", else ", table.time());
	}

}
