package com.delula.retention.dashboard;

import java.time.Instant;
import java.util.List;

import com.delula.retention.dashboard.Firings.Firing;
import com.delula.retention.monitor.Due;
import com.delula.retention.monitor.TaskHealth;
import com.delula.retention.policy.StoredPolicy;
import com.delula.retention.rule.Condition;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.RuleTable;
import org.jspecify.annotations.Nullable;

/**
 * A rule as its page shows it.
 *
 * @param rule the rule
 * @param health whether it does what is expected of it
 * @param due what a run would remove; null while the first count is in progress
 * @param actions what the current user can start
 * @param settings its settings in force
 * @param firings when it runs next by itself
 * @param policies its policies
 * @param runs its newest runs
 * @param now the time by the database's clock
 */
record RuleView(Rule rule, TaskHealth health, @Nullable Due due, List<RuleAction> actions, List<RuleSetting> settings,
		List<Firing> firings, List<StoredPolicy> policies, List<RunView> runs, Instant now) {

	/** Its run in progress; null if there is none. */
	public @Nullable RunView running() {
		return (this.health.running() != null) ? new RunView(this.health.running(), this.now, this.rule.title()) : null;
	}

	/** The actions that have something to do. */
	public List<RuleAction> useful() {
		Due found = this.due;
		boolean nothing = found != null && found.rows() == 0 && !this.health.needsApproval();
		return this.actions.stream().filter((action) -> action.emergency() || !nothing).toList();
	}

	/** Whether it can have policies. */
	public boolean hasPolicies() {
		return !this.rule.narrowBy().isEmpty();
	}

	/** What its page says of a table: which rows can go, in words. */
	public static String rows(RuleTable table) {
		if (table.where().isEmpty()) {
			return "all rows";
		}
		return String.join(" and ", table.where().stream().map(RuleView::condition).toList());
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
