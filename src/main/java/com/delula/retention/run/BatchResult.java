package com.delula.retention.run;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What one batch did.
 *
 * @param removed rows removed
 * @param keptReferenced rows that were due and stay because other rows refer to them
 * @param removedByGroup rows removed by group; empty where the rule has no groups
 */
public record BatchResult(long removed, long keptReferenced, Map<@Nullable String, Long> removedByGroup) {

}
