package com.delula.retention.backlog;

import com.delula.retention.rule.IndexUse;
import com.delula.retention.rule.Quantity;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.RuleSchedule;
import com.delula.retention.rule.RuleTable;

/**
 * Keeps the newest failures of each recipe of the backlog account and removes the older
 * ones; an emergency removes them all.
 */
public final class BacklogCleanup {

	/** The rule's name. */
	public static final String NAME = "backlog-cleanup";

	private BacklogCleanup() {
	}

	/** The rule's description. */
	static Rule rule(BacklogProperties properties) {
		return Rule.named(NAME)
			.settings("retention.backlog")
			.title("Backlog cleanup")
			.says("Removes failed generations of " + properties.userId() + " older than "
					+ Quantity.of(properties.maxAge()) + ", but keeps the " + properties.keepPerRecipe()
					+ " newest of each recipe.")
			.keeps("keeps the " + properties.keepPerRecipe() + " newest failures per recipe and those younger than "
					+ Quantity.of(properties.maxAge()))
			.table(RuleTable.named("generations")
				.noun("failed generations")
				.key("id")
				.onlySetting("user_id", properties.userId())
				.only("status", "failed")
				.time("updated_at", "created_at")
				.index(IndexUse.RANK, "retention_generations_rank_idx")
				.index(IndexUse.TIME, "retention_generations_time_idx")
				.build())
			.olderThan(properties.maxAge())
			.keepNewest(properties.keepPerRecipe(), "recipe_id")
			.narrowBy("recipe_id", "failure_reason")
			.emergency()
			.schedule(RuleSchedule.cron(properties.cron()))
			.books("backlog_cleanup", "backlog cleanup")
			.build();
	}

}
