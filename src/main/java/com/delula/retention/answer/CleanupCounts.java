package com.delula.retention.answer;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
 */
public record CleanupCounts(Instant cutoff, @Nullable Long totalFailedGenerations, @Nullable Long cleanedUpGenerations,
		@Nullable Long recipesAffected, long rowsKeptReferenced, List<Detail> cleanupDetails) implements RunCounts {

	@Override
	public Map<String, @Nullable Object> fields() {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("cutoff", this.cutoff);
		fields.put("totalFailedGenerations", this.totalFailedGenerations);
		fields.put("cleanedUpGenerations", this.cleanedUpGenerations);
		fields.put("recipesAffected", this.recipesAffected);
		fields.put("rowsKeptReferenced", this.rowsKeptReferenced);
		fields.put("cleanupDetails", this.cleanupDetails);
		fields.put("detailsTruncated",
				this.recipesAffected != null && this.recipesAffected > this.cleanupDetails.size());
		return fields;
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
