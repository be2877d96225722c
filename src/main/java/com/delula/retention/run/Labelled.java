package com.delula.retention.run;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** A constant with a name in JSON, in the history and in metrics. */
public interface Labelled {

	/** The constant's name in Java. */
	String name();

	/** The name used outside: {@code timed_out}. */
	default String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** The labels of all constants, in their order. */
	static <E extends Enum<E> & Labelled> List<String> labels(Class<E> type) {
		return Stream.of(type.getEnumConstants()).map(Labelled::label).toList();
	}

	/** The constant with a label; empty if there is none. */
	static <E extends Enum<E> & Labelled> Optional<E> find(Class<E> type, @Nullable String label) {
		return Stream.of(type.getEnumConstants()).filter((constant) -> constant.label().equals(label)).findFirst();
	}

}
