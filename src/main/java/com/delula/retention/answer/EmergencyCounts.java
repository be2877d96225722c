package com.delula.retention.answer;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The counts of an emergency cleanup.
 *
 * @param cutoff the time of its start
 * @param removedCount failures removed, or that would be
 * @param recipesAffected recipes that lost one; each count is null if the run ended
 * before it was made
 * @param rowsKeptReferenced failures kept because other rows refer to them
 */
public record EmergencyCounts(Instant cutoff, @Nullable Long removedCount, @Nullable Long recipesAffected,
		long rowsKeptReferenced) implements RunCounts {

	@Override
	public Map<String, @Nullable Object> fields() {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("cutoff", this.cutoff);
		fields.put("removedCount", this.removedCount);
		fields.put("recipesAffected", this.recipesAffected);
		fields.put("rowsKeptReferenced", this.rowsKeptReferenced);
		return fields;
	}

}
