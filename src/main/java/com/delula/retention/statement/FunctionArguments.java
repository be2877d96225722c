package com.delula.retention.statement;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.delula.retention.rule.Keep;
import org.jspecify.annotations.Nullable;

/**
 * Turns statements into templates of {@code format()}, whose arguments a function inside
 * the database looks up when it is called.
 */
final class FunctionArguments {

	/**
	 * The arguments that come before those of the key's columns, in the order of
	 * {@code function.sql}.
	 */
	private static final List<String> ARGUMENTS = List.of("before", "run", "referenced", "firstTime", "lastTime",
			"rows", "ahead", "gone", "policyNumber", "policyLimit", "policyYoungest", "policyHeld", "policyKeepsNone",
			"policyKeep");

	private static final List<String> PER_KEY = List.of("keyType", "firstKey", "lastKey");

	/** Those that are SQL or numbers, not values. */
	private static final Pattern RAW = Pattern.compile("referenced|rows|ahead|keyType\\d+|policy\\w+");

	/** A text, a quoted name or a cast, which hold no argument; or an argument. */
	private static final Pattern ARGUMENT = Pattern.compile("'[^']*'|\"[^\"]*\"|::|:([A-Za-z]+)(\\d*)");

	private FunctionArguments() {
	}

	/**
	 * A statement as a template.
	 * @param keys how many columns the table's key has
	 * @param keep how many of the newest stay, which is written into it
	 */
	static String template(String sql, int keys, @Nullable Keep keep) {
		Matcher matcher = ARGUMENT.matcher(sql.strip().replace("%", "%%"));
		StringBuilder template = new StringBuilder();
		while (matcher.find()) {
			String place = (matcher.group(1) != null) ? argument(matcher.group(1), matcher.group(2), keys, keep)
					: matcher.group();
			matcher.appendReplacement(template, Matcher.quoteReplacement(place));
		}
		return matcher.appendTail(template).toString();
	}

	private static String argument(String name, String number, int keys, @Nullable Keep keep) {
		if (name.equals("keep")) {
			return String.valueOf((keep != null) ? keep.newest() : 0);
		}
		int place = number.isEmpty() ? ARGUMENTS.indexOf(name)
				: ARGUMENTS.size() + PER_KEY.indexOf(name) * keys + Integer.parseInt(number);
		if (place < 0) {
			throw new IllegalStateException("A function has no argument :" + name);
		}
		return "%" + (place + 1) + "$" + (RAW.matcher(name + number).matches() ? "s" : "L");
	}

}
