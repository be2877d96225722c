package com.delula.retention.run;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;

import org.jspecify.annotations.Nullable;

/**
 * The rows of one group, and what becomes of them.
 *
 * @param table their table
 * @param rows how many of them were counted
 * @param more whether there are more, older ones, that were not
 * @param fates rows by what becomes of them
 * @param values rows by the values of a column; null stands for rows without one
 * @param hours rows by the hours of their time since 1970, UTC; rows without a time
 * belong to none
 * @param newest the newest rows, the newest first
 * @param oldest the oldest of the other rows, the oldest first
 */
public record GroupRows(String table, long rows, boolean more, Map<Verdict, Long> fates,
		Map<@Nullable String, Long> values, SortedMap<Long, Long> hours, List<Listed> newest, List<Listed> oldest) {

	/** Rows that the next regular run removes. */
	public long due() {
		return this.fates.getOrDefault(Verdict.DUE, 0L);
	}

	/**
	 * A row.
	 *
	 * @param key its key as text; of several columns in order, with commas
	 * @param value its value of the column by which rows are counted; null if it has none
	 * @param verdict what becomes of it, as it is explained by itself
	 */
	public record Listed(String key, @Nullable String value, RowVerdict verdict) {

	}

}
