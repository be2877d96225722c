package com.delula.retention.run;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What one batch did.
 *
 * @param removed rows removed
 * @param keptReferenced rows that were due and stay because other rows refer to them
 * @param removedByGroup rows removed by group; empty where the rule has no groups
 * @param removedByReason rows removed by reason; empty where nobody counts by that
 */
public record BatchResult(long removed, long keptReferenced, Map<@Nullable String, Long> removedByGroup,
		Map<@Nullable String, Long> removedByReason) {

	/** One that counts neither groups nor reasons. */
	public BatchResult(long removed, long keptReferenced) {
		this(removed, keptReferenced, Map.of(), Map.of());
	}

}
