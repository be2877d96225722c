package com.delula.retention.database;

import java.util.Map;
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

	/**
	 * A statement with SQL instead of its parameters.
	 * @param values SQL by the names of parameters
	 * @throws IllegalStateException if a parameter has no value
	 */
	public static String inline(String sql, Map<String, String> values) {
		Matcher matcher = PARAMETER.matcher(sql);
		StringBuilder inlined = new StringBuilder();
		while (matcher.find()) {
			String value = (matcher.group(1) != null) ? values.get(matcher.group(1)) : matcher.group();
			if (value == null) {
				throw new IllegalStateException("Nothing is known of :" + matcher.group(1));
			}
			matcher.appendReplacement(inlined, Matcher.quoteReplacement(value));
		}
		return matcher.appendTail(inlined).toString();
	}

}
