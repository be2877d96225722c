package com.delula.retention.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A row's key as one text: of several columns the values in order, with commas. A value
 * that begins with a double quote, or has a comma and is not the last, stands in double
 * quotes, and those within it are doubled.
 */
public final class KeyText {

	private static final char QUOTE = '"';

	private KeyText() {
	}

	/** Writes a key. */
	public static String of(List<String> values) {
		if (values.size() == 1) {
			return values.get(0);
		}
		List<String> parts = new ArrayList<>();
		for (String value : values) {
			boolean last = parts.size() == values.size() - 1;
			boolean plain = value.isEmpty() || value.charAt(0) != QUOTE;
			parts.add((plain && (last || value.indexOf(',') < 0)) ? value : "\"" + value.replace("\"", "\"\"") + "\"");
		}
		return String.join(",", parts);
	}

	/**
	 * Reads a key; empty if it has not as many values.
	 * @param columns how many columns the key has
	 */
	public static Optional<List<String>> values(String text, int columns) {
		if (columns == 1) {
			return Optional.of(List.of(text));
		}
		List<String> values = new ArrayList<>();
		int place = 0;
		for (int i = 0; i < columns && place <= text.length(); i++) {
			int end = end(text, place, i == columns - 1);
			if (end < 0) {
				return Optional.empty();
			}
			values.add(plain(text.substring(place, end)));
			place = end + 1;
		}
		return (values.size() == columns) ? Optional.of(values) : Optional.empty();
	}

	/** Where a value ends; below 0 if it is not the last and no comma follows. */
	private static int end(String text, int begin, boolean last) {
		if (last) {
			return text.length();
		}
		if (!text.startsWith("\"", begin)) {
			return text.indexOf(',', begin);
		}
		boolean quoted = false;
		for (int i = begin; i < text.length(); i++) {
			quoted ^= text.charAt(i) == QUOTE;
			if (!quoted && text.charAt(i) == ',') {
				return i;
			}
		}
		return -1;
	}

	private static String plain(String part) {
		boolean quoted = part.length() > 1 && part.charAt(0) == QUOTE && part.charAt(part.length() - 1) == QUOTE;
		return quoted ? part.substring(1, part.length() - 1).replace("\"\"", "\"") : part;
	}

}
