package com.delula.retention.report;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Writes lines of CSV (RFC 4180). A text that a spreadsheet would take for a formula gets
 * an apostrophe before it.
 */
public final class CsvText {

	/** What begins a formula, also behind white space. */
	private static final String FORMULA = "(?s)[\\s\\p{Cntrl}]*[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20].*|[\t\r\n].*";

	private static final String NUMBER = "-?[0-9]{1,19}";

	private CsvText() {
	}

	/**
	 * A line, ended by CR LF.
	 * @param values its cells; null is an empty one
	 */
	public static String line(List<? extends @Nullable Object> values) {
		return values.stream().map(CsvText::cell).collect(Collectors.joining(",", "", "\r\n"));
	}

	private static String cell(@Nullable Object value) {
		String text = Objects.toString(value, "");
		if (value instanceof String && text.matches(FORMULA) && !text.matches(NUMBER)) {
			text = "'" + text;
		}
		boolean plain = List.of(",", "\"", "\r", "\n").stream().noneMatch(text::contains);
		return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
	}

}
