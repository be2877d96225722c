package com.delula.retention.backlog;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How the backlog stands, in the contract's words.
 *
 * @param success always true
 * @param totalGenerations the account's generations, in any state
 * @param completedGenerations those that are completed
 * @param failedGenerations those that failed
 * @param pendingGenerations those that are pending
 * @param processingGenerations those that are processing
 * @param asOf when they were counted
 * @param recipesWithFailedGenerations recipes with failures, most first
 * @param recipesTruncated whether there are more recipes than listed
 */
public record BacklogStatusJson(boolean success, long totalGenerations, long completedGenerations,
		long failedGenerations, long pendingGenerations, long processingGenerations, Instant asOf,
		List<FailedRecipeJson> recipesWithFailedGenerations, boolean recipesTruncated) {

	/**
	 * The failures of one recipe.
	 *
	 * @param recipeId a number or a text; null for the failures without a recipe
	 * @param recipeName its name, or what stands for it
	 * @param failedCount its failures
	 * @param oldestFailedAge how old the oldest is, in words; null if none has a time
	 * @param oldestFailedAt the time of the oldest; null if none has one
	 */
	public record FailedRecipeJson(@Nullable Object recipeId, String recipeName, long failedCount,
			@Nullable String oldestFailedAge, @Nullable Instant oldestFailedAt) {

	}

}
