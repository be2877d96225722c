package com.delula.retention.policy.edit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.delula.retention.installation.Catalog;
import com.delula.retention.installation.CatalogColumn;
import com.delula.retention.option.Option;
import com.delula.retention.option.OptionException;
import com.delula.retention.option.OptionSet;
import com.delula.retention.option.OptionType;
import com.delula.retention.option.OptionValues;
import com.delula.retention.request.RuleRequests;
import com.delula.retention.rule.Policy;
import com.delula.retention.rule.Rule;
import com.delula.retention.run.Mode;
import com.delula.retention.run.Trigger;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes a policy of what a caller gave, and guesses nothing. */
final class PolicyReader {

	/** The values to match; listed among the fields, read by themselves. */
	static final Option<String> MATCH = new Option<>("match", OptionType.text());

	static final Option<Integer> MAX_AGE = new Option<>("maxAgeHours",
			OptionType.wholeNumber(0, RuleRequests.MAX_HOURS));

	static final Option<Integer> KEEP = new Option<>("keepNewest", OptionType.wholeNumber(0, 1_000_000));

	static final Option<Boolean> HOLD = new Option<>("hold", OptionType.flag());

	static final Option<String> NOTE = new Option<>("note", OptionType.text());

	private static final OptionSet FIELDS = new OptionSet(List.of(MATCH, MAX_AGE, KEEP, HOLD, NOTE));

	private static final int LONGEST_NOTE = 500;

	private static final String ID = "[a-z0-9-]{1,64}";

	private static final String IDS = "1 to 64 lower-case letters, digits and hyphens";

	private final RuleRequests requests;

	private final Catalog catalog;

	private final JdbcClient jdbc;

	PolicyReader(RuleRequests requests, Catalog catalog, JdbcClient jdbc) {
		this.requests = requests;
		this.catalog = catalog;
		this.jdbc = jdbc;
	}

	/**
	 * Reads a policy.
	 * @throws PolicyException if it makes none
	 * @throws OptionException if a field or a value cannot be understood
	 */
	Policy read(Rule rule, String id, PolicyInput input) {
		if (rule.narrowBy().isEmpty()) {
			throw PolicyException.withoutColumns(rule);
		}
		if (id.isEmpty()) {
			throw OptionException.required("id", IDS);
		}
		if (!id.matches(ID)) {
			throw OptionException.invalid("id", id, IDS);
		}
		OptionValues fields = FIELDS.parse(input.fields());
		Map<String, @Nullable String> match = match(rule, input);
		check(rule, match, fields);
		return new Policy(id, match, fields.get(MAX_AGE), fields.get(KEEP), fields.is(HOLD), fields.get(NOTE));
	}

	private static void check(Rule rule, Map<String, @Nullable String> match, OptionValues fields) {
		if (match.isEmpty()) {
			throw PolicyException.invalid("A policy needs a match with at least one of: "
					+ String.join(", ", rule.narrowBy().stream().map(Rule::optionName).toList()) + ".");
		}
		if (fields.get(MAX_AGE) == null && fields.get(KEEP) == null && !fields.is(HOLD)) {
			throw PolicyException.invalid("A policy needs an effect: maxAgeHours, keepNewest, or hold set to true.");
		}
		if (fields.get(KEEP) != null && rule.tables().size() > 1) {
			throw PolicyException.invalid("keepNewest needs a rule with one table; " + rule.name() + " has several.");
		}
		String note = fields.get(NOTE);
		if (note != null && note.length() > LONGEST_NOTE) {
			throw OptionException.invalid(NOTE.name(), note, "at most " + LONGEST_NOTE + " characters");
		}
	}

	/**
	 * The values to which a run's options narrow it, by column, as the database writes
	 * them.
	 */
	Map<String, @Nullable String> narrowed(Rule rule, Map<String, String> options) {
		Map<String, @Nullable String> values = new LinkedHashMap<>();
		for (String column : rule.narrowBy()) {
			String value = options.get(Rule.optionName(column));
			if (value != null) {
				values.put(column, canonical(rule, column, value));
			}
		}
		return values;
	}

	/** By column, in the rule's order. */
	private Map<String, @Nullable String> match(Rule rule, PolicyInput input) {
		OptionSet known = new OptionSet(List.copyOf(this.requests.narrowing(rule)));
		Map<String, String> given = this.requests
			.request(rule, Mode.REGULAR, Trigger.API, "", known.parse(input.match()))
			.options();
		List<String> without = withoutValue(known, given, input.withoutValue());
		Map<String, @Nullable String> match = new LinkedHashMap<>();
		for (String column : rule.narrowBy()) {
			String option = Rule.optionName(column);
			String value = given.get(option);
			if (value != null) {
				match.put(column, canonical(rule, column, value));
			}
			else if (without.contains(option)) {
				match.put(column, null);
			}
		}
		return match;
	}

	private static List<String> withoutValue(OptionSet known, Map<String, String> given, List<String> names) {
		List<String> without = new ArrayList<>();
		for (String name : names) {
			if (!known.names().contains(name)) {
				throw OptionException.unknown(name, known.names());
			}
			if (given.containsKey(name) || without.contains(name)) {
				throw OptionException.repeated(name);
			}
			without.add(name);
		}
		return without;
	}

	/** The value as the database writes it, so that two of the same look the same. */
	private String canonical(Rule rule, String column, String value) {
		String table = rule.tables().get(rule.tables().size() - 1).name();
		String type = this.catalog.columnsOf(table)
			.stream()
			.filter((candidate) -> candidate.name().equals(column))
			.map(CatalogColumn::type)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("There is no column " + column + " any more"));
		if (!this.catalog.isValue(type, value)) {
			throw OptionException.invalid(Rule.optionName(column), value, "a value of type " + type);
		}
		return this.jdbc.sql("SELECT CAST(CAST(CAST(:value AS text) AS " + type + ") AS text)")
			.param("value", value)
			.query(String.class)
			.single();
	}

}
