package com.delula.retention.statement;

import java.util.List;
import java.util.regex.Pattern;

import com.delula.retention.database.SqlLiteral;
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

	private FunctionArguments() {
	}

	/**
	 * A statement as a template.
	 * @param keys how many columns the table's key has
	 * @param keep how many of the newest stay, which is written into it
	 */
	static String template(String sql, int keys, @Nullable Keep keep) {
		return SqlLiteral.replaced(sql.strip().replace("%", "%%"), (parameter) -> {
			String name = parameter.replaceAll("\\d+$", "");
			return argument(name, parameter.substring(name.length()), keys, keep);
		});
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
