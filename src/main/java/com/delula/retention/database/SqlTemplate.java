package com.delula.retention.database;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills the marked places of a statement, such as {@code {table}}, all at once: a value
 * that looks like a place is not filled again.
 */
public final class SqlTemplate {

	private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

	private final Map<String, String> values = new HashMap<>();

	/** Fills a place with SQL. */
	public SqlTemplate with(String place, String value) {
		this.values.put(place, value);
		return this;
	}

	/** Another template with the same values. */
	public SqlTemplate copy() {
		SqlTemplate copy = new SqlTemplate();
		copy.values.putAll(this.values);
		return copy;
	}

	/**
	 * The text with all places filled; values are taken as they are.
	 * @throws IllegalArgumentException if a place has no value
	 */
	public String fill(String text) {
		Matcher matcher = PLACE.matcher(text);
		StringBuilder filled = new StringBuilder();
		while (matcher.find()) {
			String value = this.values.get(matcher.group(1));
			if (value == null) {
				throw new IllegalArgumentException("Nothing fills " + matcher.group());
			}
			matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
		}
		return matcher.appendTail(filled).toString();
	}

}
