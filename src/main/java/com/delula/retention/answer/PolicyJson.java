package com.delula.retention.answer;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A policy as the API shows it.
 *
 * @param id its id
 * @param match the values to match, by option; null for rows without a value
 * @param maxAgeHours rows strictly older are due; null for the rule's own
 * @param keepNewest how many of the newest of each group stay; null for the rule's own
 * @param hold whether every matching row stays
 * @param note why it is there; null if nobody said
 * @param changedAt when it was last saved; null if it has not been
 * @param changedBy who saved it; null if nobody has
 */
public record PolicyJson(String id, Map<String, @Nullable Object> match, @Nullable Integer maxAgeHours,
		@Nullable Integer keepNewest, boolean hold, @Nullable String note, @Nullable Instant changedAt,
		@Nullable String changedBy) {

}
