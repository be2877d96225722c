package com.delula.retention.configured;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.delula.retention.rule.Condition;
import org.jspecify.annotations.Nullable;

/**
 * The values of a condition as they are written: one, or a list. Nothing, which is what a
 * YAML file's null arrives as, and the word null both stand for a row without a value.
 */
final class Values {

	private static final String NULL = "null";

	private Values() {
	}

	static Condition condition(String column, @Nullable Object value) {
		Set<@Nullable String> values = new LinkedHashSet<>();
		elements(value).forEach((element) -> values.add(text(element)));
		if (values.isEmpty()) {
			values.add(null);
		}
		return new Condition(column, new ArrayList<>(values), false);
	}

	/** The elements of a list come as a map by their numbers. */
	private static Collection<? extends @Nullable Object> elements(@Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			return map.values();
		}
		if (value instanceof Collection<?> collection) {
			return collection;
		}
		List<@Nullable Object> one = new ArrayList<>();
		one.add(value);
		return one;
	}

	private static @Nullable String text(@Nullable Object value) {
		String text = (value != null) ? value.toString() : NULL;
		return (text.isEmpty() || text.equals(NULL)) ? null : text;
	}

}
