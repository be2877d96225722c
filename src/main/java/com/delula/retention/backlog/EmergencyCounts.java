package com.delula.retention.backlog;

import java.time.Instant;

import com.delula.retention.answer.RunCounts;
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

}
