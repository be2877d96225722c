package com.delula.retention.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A place in a table's order of removal: the time of a row and, among equals, its key.
 * All are PostgreSQL literals, so that they fit whatever type the installation's columns
 * have.
 *
 * @param time the row's time
 * @param key the values of its key, in order
 */
public record Watermark(String time, List<String> key) {

	public Watermark {
		key = List.copyOf(key);
	}

	/**
	 * Reads a place from columns such as {@code time}, {@code key0} and {@code key1}.
	 * @param prefix what the columns' names begin with
	 * @param size how many columns the key has
	 * @return the place; null if the columns are null
	 */
	public static @Nullable Watermark of(ResultSet row, String prefix, int size) throws SQLException {
		String time = row.getString(prefix + "time");
		if (time == null) {
			return null;
		}
		List<String> key = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			key.add(row.getString(prefix + "key" + i));
		}
		return new Watermark(time, key);
	}

}
