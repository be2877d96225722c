package com.delula.retention.database;

import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes values into statements that take no parameters. */
public final class SqlLiteral {

	/** A text, a quoted name or a cast, which hold no parameter; or a parameter. */
	private static final Pattern PARAMETER = Pattern.compile("'[^']*'|\"[^\"]*\"|::|:([A-Za-z]+\\d*)");

	private SqlLiteral() {
	}

	/** A text as a literal without a type. */
	public static String of(String value) {
		String quoted = "'" + value.replace("'", "''") + "'";
		return (value.indexOf('\\') < 0) ? quoted : "E" + quoted.replace("\\", "\\\\");
	}

	/** A text as SQL between dollars that it does not contain. */
	public static String dollarQuoted(String text) {
		String tag = "$sql$";
		for (int i = 0; text.contains(tag); i++) {
			tag = "$sql" + i + "$";
		}
		return tag + text + tag;
	}

	/**
	 * A statement with SQL instead of its parameters.
	 * @param values SQL by the names of parameters
	 * @throws IllegalStateException if a parameter has no value
	 */
	public static String inline(String sql, Map<String, String> values) {
		return replaced(sql, (parameter) -> {
			String value = values.get(parameter);
			if (value == null) {
				throw new IllegalStateException("Nothing is known of :" + parameter);
			}
			return value;
		});
	}

	/**
	 * A statement with its parameters replaced, but for what stands in quotes.
	 * @param replacement answers SQL for a parameter's name
	 */
	public static String replaced(String sql, UnaryOperator<String> replacement) {
		return PARAMETER.matcher(sql)
			.replaceAll((found) -> Matcher
				.quoteReplacement((found.group(1) != null) ? replacement.apply(found.group(1)) : found.group()));
	}

}
