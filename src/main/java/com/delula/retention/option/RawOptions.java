package com.delula.retention.option;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** What a call sent, by name and in order, before anything is made of it. */
public final class RawOptions {

	private final Map<String, List<RawValue>> values = new LinkedHashMap<>();

	/** Adds a value; one name may come several times, which is refused later. */
	public RawOptions add(String name, RawValue value) {
		this.values.computeIfAbsent(name, (first) -> new ArrayList<>()).add(value);
		return this;
	}

	/** Adds a value without a type, unless it was not given. */
	public RawOptions add(String name, @Nullable String text) {
		return (text != null) ? add(name, RawValue.plain(text)) : this;
	}

	Map<String, List<RawValue>> values() {
		return this.values;
	}

}
