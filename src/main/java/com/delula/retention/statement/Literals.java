package com.delula.retention.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import com.delula.retention.database.SqlLiteral;
import com.delula.retention.rule.Condition;
import org.jspecify.annotations.Nullable;

/**
 * Writes values into statements where a parameter would keep an index from being used.
 */
final class Literals {

	private Literals() {
	}

	/**
	 * A literal without a type, safe whatever {@code standard_conforming_strings} says.
	 */
	static String of(String value) {
		return SqlLiteral.of(value);
	}

	/**
	 * A condition on a column, such as {@code t.status IN ('completed', 'failed')}.
	 * @param column the column as SQL writes it
	 */
	static String condition(Condition condition, String column) {
		List<String> given = condition.values().stream().filter(Objects::nonNull).map(Literals::of).toList();
		List<String> any = new ArrayList<>();
		if (given.size() == 1) {
			any.add(column + " = " + given.get(0));
		}
		if (given.size() > 1) {
			any.add(column + " IN (" + String.join(", ", given) + ")");
		}
		if (condition.values().stream().anyMatch(Literals::isNull)) {
			any.add(column + " IS NULL");
		}
		return (any.size() == 1) ? any.get(0) : "(" + String.join(" OR ", any) + ")";
	}

	private static boolean isNull(@Nullable String value) {
		return value == null;
	}

}
