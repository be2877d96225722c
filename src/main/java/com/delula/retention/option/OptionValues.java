package com.delula.retention.option;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/** The options of one call, read and found to be right. */
public final class OptionValues {

	private final Map<Option<?>, Object> values;

	OptionValues(Map<Option<?>, Object> values) {
		this.values = Map.copyOf(values);
	}

	/** An option's value; null if it was not given. */
	@SuppressWarnings("unchecked") // each option's own type made the value
	public <T> @Nullable T get(Option<T> option) {
		return (T) this.values.get(option);
	}

	/** An option's value as text, by the option's name; null if it was not given. */
	public @Nullable String get(String name) {
		return this.values.entrySet()
			.stream()
			.filter((value) -> value.getKey().name().equals(name))
			.map((value) -> value.getValue().toString())
			.findFirst()
			.orElse(null);
	}

	/** Whether a flag was given and is true. */
	public boolean is(Option<Boolean> option) {
		return Boolean.TRUE.equals(this.values.get(option));
	}

}
