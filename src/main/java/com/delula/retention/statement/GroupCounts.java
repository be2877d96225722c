package com.delula.retention.statement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Reads the counts by group of a removal, which come in one row, or row by row. */
final class GroupCounts {

	private GroupCounts() {
	}

	/**
	 * Adds what a row tells.
	 * @param each whether it is one of the removed rows
	 */
	static void add(ResultSet row, boolean each, Map<@Nullable String, Long> removed) throws SQLException {
		if (each) {
			removed.merge(row.getString(1), 1L, Long::sum);
			return;
		}
		String[] groups = (String[]) row.getArray("groups").getArray();
		Long[] rows = (Long[]) row.getArray("removed").getArray();
		for (int i = 0; i < groups.length; i++) {
			removed.put(groups[i], rows[i]);
		}
	}

}
