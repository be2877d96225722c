package com.delula.retention.backlog;

import java.time.Instant;
import java.util.List;

import com.delula.retention.answer.RunCounts;
import org.jspecify.annotations.Nullable;

/**
 * The counts of a regular cleanup.
 *
 * @param cutoff older failures went
 * @param totalFailedGenerations failures before the run
 * @param cleanedUpGenerations failures removed, or that would be
 * @param recipesAffected recipes that lost one; each count is null if the run ended
 * before it was made
 * @param rowsKeptReferenced failures kept because other rows refer to them
 * @param cleanupDetails the recipes that lost most, most first
 * @param detailsTruncated whether more recipes lost one than are listed
 */
public record CleanupCounts(Instant cutoff, @Nullable Long totalFailedGenerations, @Nullable Long cleanedUpGenerations,
		@Nullable Long recipesAffected, long rowsKeptReferenced, List<Detail> cleanupDetails,
		boolean detailsTruncated) implements RunCounts {

	static CleanupCounts of(Instant cutoff, @Nullable Long before, @Nullable Long cleaned, @Nullable Long recipes,
			long kept, List<Detail> details) {
		return new CleanupCounts(cutoff, before, cleaned, recipes, kept, details,
				recipes != null && recipes > details.size());
	}

	/**
	 * What one recipe lost.
	 *
	 * @param recipeId a number or a text; null for the failures without a recipe
	 * @param recipeName its name, or what stands for it
	 * @param failedCount its failures before the run
	 * @param cleanedCount those removed
	 * @param keptCount those kept
	 */
	public record Detail(@Nullable Object recipeId, String recipeName, long failedCount, long cleanedCount,
			long keptCount) {

	}

}
