package com.delula.retention.run;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a step found before the first row was removed, in one snapshot.
 *
 * @param considered rows that the rule looks at
 * @param due rows that are due and can go
 * @param keptReferenced rows that are due but that other rows refer to
 * @param oldestDue the time of the oldest row that is due; null if there is none or none
 * has a time
 * @param groups the groups that have due rows, by their key as text; the empty map where
 * the rule has no groups. A null key is the group of rows without one.
 */
public record Stock(long considered, long due, long keptReferenced, @Nullable Instant oldestDue,
		Map<@Nullable String, GroupCount> groups) {

	/** A group by its key; null where it had no due rows, or nobody counted by group. */
	public @Nullable GroupCount group(@Nullable String key) {
		// An empty map may be one that refuses to be asked for null
		return this.groups.isEmpty() ? null : this.groups.get(key);
	}

}
