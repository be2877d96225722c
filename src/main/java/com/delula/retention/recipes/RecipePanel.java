package com.delula.retention.recipes;

import java.time.Instant;
import java.util.List;

import com.delula.retention.backlog.BacklogCleanup;
import com.delula.retention.backlog.BacklogReader;
import com.delula.retention.backlog.BacklogStatus.FailedRecipe;
import com.delula.retention.backlog.BacklogStatus;
import com.delula.retention.dashboard.RulePanel;

/** Shows the recipes with most failures on the card of the backlog. */
final class RecipePanel implements RulePanel {

	private static final int LISTED = 5;

	private final BacklogReader backlog;

	RecipePanel(BacklogReader backlog) {
		this.backlog = backlog;
	}

	@Override
	public String rule() {
		return BacklogCleanup.NAME;
	}

	@Override
	public String view() {
		return "recipes/panel";
	}

	@Override
	public Object content() {
		BacklogStatus status = this.backlog.status();
		return new Content(status.recipes().stream().limit(LISTED).toList(), status.asOf());
	}

	/**
	 * What it shows.
	 *
	 * @param recipes the recipes with most failures, most first
	 * @param asOf when they were counted
	 */
	record Content(List<FailedRecipe> recipes, Instant asOf) {

	}

}
