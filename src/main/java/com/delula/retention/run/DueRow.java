package com.delula.retention.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A row that can go.
 *
 * @param table its table
 * @param key its key as text; of several columns in order, with commas
 * @param time its time; null without one
 * @param values its values of {@link TaskRows#columns()}, as text
 */
public record DueRow(String table, String key, @Nullable Instant time, List<@Nullable String> values) {

	public DueRow {
		values = Collections.unmodifiableList(new ArrayList<>(values));
	}

}
