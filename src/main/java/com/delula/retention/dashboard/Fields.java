package com.delula.retention.dashboard;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** The fields of a form: those that it has, each at most once. */
final class Fields {

	private final Map<String, String> values = new HashMap<>();

	/**
	 * Reads the fields.
	 * @param parameters as sent
	 * @param names those that the form has
	 * @param mayBeEmpty those that are as good as absent when they are empty, as a box of
	 * a form that was not filled in
	 * @throws InvalidFieldException if there are others, one more than once, or an empty
	 * one
	 */
	Fields(Map<String, String[]> parameters, Set<String> names, Set<String> mayBeEmpty) {
		parameters.forEach((name, sent) -> {
			if (!names.contains(name)) {
				throw InvalidFieldException.unknown(name);
			}
			if (sent.length != 1) {
				throw InvalidFieldException.repeated(name);
			}
			if (sent[0].isEmpty() && !mayBeEmpty.contains(name)) {
				throw InvalidFieldException.invalid(name, "left out or have a value");
			}
			if (!sent[0].isEmpty()) {
				this.values.put(name, sent[0]);
			}
		});
	}

	@Nullable String text(String name) {
		return this.values.get(name);
	}

	@Nullable Integer number(String name, int most) {
		String text = this.values.get(name);
		if (text == null) {
			return null;
		}
		if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) > most) {
			throw InvalidFieldException.invalid(name, "a whole number from 0 to " + most);
		}
		return Integer.valueOf(text);
	}

	/** A yes or no that has to be said. */
	boolean flag(String name) {
		String text = String.valueOf(this.values.get(name));
		if (!text.equals("true") && !text.equals("false")) {
			throw InvalidFieldException.invalid(name, "true or false");
		}
		return Boolean.parseBoolean(text);
	}

}
