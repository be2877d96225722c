package com.delula.retention.backlog;

import java.util.Collection;
import java.util.Map;

import com.delula.retention.rule.GroupNames;
import org.jspecify.annotations.Nullable;

/** What the platform calls the recipes, which are the groups of the cleanup. */
final class RecipeNames implements GroupNames {

	private final BacklogReader backlog;

	RecipeNames(BacklogReader backlog) {
		this.backlog = backlog;
	}

	@Override
	public String rule() {
		return BacklogCleanup.NAME;
	}

	@Override
	public String noun() {
		return "recipe";
	}

	@Override
	public String rows() {
		return "failures";
	}

	@Override
	public Map<@Nullable String, String> names(Collection<@Nullable String> keys) {
		return this.backlog.names(keys);
	}

}
