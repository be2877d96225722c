package com.delula.retention.backlog;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How the backlog account's generations stand.
 *
 * @param asOf when they were counted, by the database's clock
 * @param byStatus rows by status, whatever statuses occur
 * @param recipes recipes with failures, most first
 * @param recipesTruncated whether there are more recipes than listed
 */
public record BacklogStatus(Instant asOf, Map<String, Long> byStatus, List<FailedRecipe> recipes,
		boolean recipesTruncated) {

	/** All rows of the account. */
	public long total() {
		return this.byStatus.values().stream().mapToLong(Long::longValue).sum();
	}

	/** Rows in one status. */
	public long count(String status) {
		return this.byStatus.getOrDefault(status, 0L);
	}

	/**
	 * The failures of one recipe.
	 *
	 * @param recipeId the recipe; null for rows without one
	 * @param recipeName its name, or what stands for it
	 * @param failedCount its failures
	 * @param oldestFailedAt the oldest of them; null if none has a time
	 */
	public record FailedRecipe(@Nullable String recipeId, String recipeName, long failedCount,
			@Nullable Instant oldestFailedAt) {

	}

}
