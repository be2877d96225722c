package com.delula.retention.rule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A column and the values that a row must have in it to be a candidate.
 *
 * @param column the column
 * @param values the values as text; null stands for a row without one
 * @param setting whether the values come from a setting, so that an index leads with the
 * column instead of covering these values only
 */
public record Condition(String column, List<@Nullable String> values, boolean setting) {

	public Condition {
		if (values.isEmpty()) {
			throw new IllegalArgumentException("A condition on " + column + " needs a value");
		}
		values = Collections.unmodifiableList(new ArrayList<>(values));
	}

}
