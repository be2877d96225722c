package com.delula.retention.run;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Adds up how many rows a batch removed, or put back, by group and by reason, as its
 * statement tells them.
 */
public final class RowCounts {

	private final Map<@Nullable String, Long> byGroup = new HashMap<>();

	private final Map<@Nullable String, Long> byReason = new HashMap<>();

	private long rows;

	/**
	 * Adds a row that is gone, with its group and its reason as texts.
	 * @param reasons whether anybody counts by reason
	 */
	public void addRow(ResultSet row, boolean reasons) throws SQLException {
		add(row.getString(1), 1);
		if (reasons) {
			add(row.getString(2), 1, this.byReason);
		}
	}

	/**
	 * Adds counts that come in three arrays: groups, rows, and the reasons, of which
	 * there are none where nobody counts by reason.
	 */
	public void addArrays(@Nullable Array groups, @Nullable Array rows, @Nullable Array reasons) throws SQLException {
		if (groups == null || rows == null) {
			return;
		}
		String[] keys = (String[]) groups.getArray();
		Long[] counts = (Long[]) rows.getArray();
		String[] values = (reasons != null) ? (String[]) reasons.getArray() : new String[0];
		for (int i = 0; i < keys.length; i++) {
			add(keys[i], counts[i]);
			if (values.length == keys.length) {
				add(values[i], counts[i], this.byReason);
			}
		}
	}

	private void add(@Nullable String group, long count) {
		add(group, count, this.byGroup);
		this.rows += count;
	}

	private static void add(@Nullable String key, long count, Map<@Nullable String, Long> counts) {
		counts.merge(key, count, Long::sum);
	}

	/** All rows that were added. */
	public long rows() {
		return this.rows;
	}

	/**
	 * What the batch did.
	 * @param removed the rows removed
	 * @param kept rows that were due and stay because other rows refer to them
	 */
	public BatchResult result(long removed, long kept) {
		return new BatchResult(removed, kept, this.byGroup, this.byReason);
	}

}
