package com.delula.retention.statement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Reads the counts by group of a removal, which come in one row. */
final class GroupCounts {

	private GroupCounts() {
	}

	static void add(ResultSet row, Map<@Nullable String, Long> removed) throws SQLException {
		String[] groups = (String[]) row.getArray("groups").getArray();
		Long[] rows = (Long[]) row.getArray("removed").getArray();
		for (int i = 0; i < groups.length; i++) {
			removed.put(groups[i], rows[i]);
		}
	}

}
