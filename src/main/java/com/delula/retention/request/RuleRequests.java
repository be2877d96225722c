package com.delula.retention.request;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.delula.retention.installation.Catalog;
import com.delula.retention.option.Option;
import com.delula.retention.option.OptionException;
import com.delula.retention.option.OptionSet;
import com.delula.retention.option.OptionType;
import com.delula.retention.option.OptionValues;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.RuleTable;
import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.Trigger;

/** Turns what a caller says into a request to run a rule. */
public final class RuleRequests {

	/** The greatest age that a caller may give, in hours: ten years. */
	public static final int MAX_HOURS = 87_600;

	/** The age for one run. */
	public static final Option<Integer> HOURS = new Option<>(Rule.HOURS, OptionType.wholeNumber(0, MAX_HOURS));

	private final Catalog catalog;

	private final List<ValueCheck> checks;

	RuleRequests(Catalog catalog, List<ValueCheck> checks) {
		this.catalog = catalog;
		this.checks = checks;
	}

	/** The options of a run, in the order in which they are listed. */
	public OptionSet options(Rule rule, Mode mode) {
		return options(rule, rule.ageOption() && mode == Mode.REGULAR);
	}

	/**
	 * The options where any rule is run by its name: a regular run's age may be given.
	 */
	public OptionSet optionsByName(Rule rule, Mode mode) {
		return options(rule, mode == Mode.REGULAR);
	}

	private OptionSet options(Rule rule, boolean age) {
		List<Option<?>> options = new ArrayList<>();
		if (age) {
			options.add(HOURS);
		}
		options.add(Option.DRY_RUN);
		options.add(Option.EXPECTED_ROWS);
		options.addAll(narrowing(rule));
		return new OptionSet(options);
	}

	/**
	 * The options as far as the rule tells, without the database: what the values of a
	 * column may be is not looked up.
	 * @param age whether the age for one run may be given
	 */
	public static OptionSet described(Rule rule, boolean age) {
		List<Option<?>> options = new ArrayList<>();
		if (age) {
			options.add(HOURS);
		}
		rule.narrowBy()
			.forEach((column) -> options
				.add(new Option<>(Rule.optionName(column), OptionType.id("text", "a value of " + column))));
		options.add(Option.DRY_RUN);
		options.add(Option.EXPECTED_ROWS);
		return new OptionSet(options);
	}

	/** The options that narrow a run, one for each column. */
	public List<Option<String>> narrowing(Rule rule) {
		return rule.narrowBy().stream().map((column) -> narrowing(rule, column)).toList();
	}

	/** Names need no database; types are looked up when there is a value. */
	private Option<String> narrowing(Rule rule, String column) {
		return new Option<>(Rule.optionName(column), OptionType.lookedUp(() -> type(rule, column)));
	}

	private OptionType<String> type(Rule rule, String column) {
		RuleTable table = rule.tables().get(rule.tables().size() - 1);
		String type = this.catalog.columnType(table.name(), column);
		return checks(rule).findFirst()
			.map((check) -> check.type(column, type))
			.orElseGet(() -> OptionType.value(type, "a value of " + column));
	}

	/**
	 * The request to run a rule.
	 * @param values read by the options of {@link #options}
	 * @throws OptionException if nothing is known of a value
	 */
	public RunRequest request(Rule rule, Mode mode, Trigger trigger, String actor, OptionValues values) {
		Map<String, String> given = new LinkedHashMap<>();
		Integer hours = values.get(HOURS);
		if (hours != null) {
			given.put(Rule.HOURS, hours.toString());
		}
		for (String column : rule.narrowBy()) {
			String value = values.get(Rule.optionName(column));
			if (value != null) {
				check(rule, column, value);
				given.put(Rule.optionName(column), value);
			}
		}
		return new RunRequest(rule.name(), mode, trigger, actor, values.is(Option.DRY_RUN), given,
				values.get(Option.EXPECTED_ROWS));
	}

	private void check(Rule rule, String column, String value) {
		checks(rule).forEach((check) -> check.check(column, value));
	}

	private Stream<ValueCheck> checks(Rule rule) {
		return this.checks.stream().filter((check) -> check.rule().equals(rule.name()));
	}

	/** The options of a restore. */
	public static OptionSet restoreOptions() {
		return new OptionSet(List.of(Option.DRY_RUN, Option.EXPECTED_ROWS));
	}

	/**
	 * The request to put back what a run removed.
	 * @param values read by {@link #restoreOptions}
	 */
	public static RunRequest restore(Run run, Trigger trigger, String actor, OptionValues values) {
		return new RunRequest(run.task(), Mode.RESTORE, trigger, actor, values.is(Option.DRY_RUN),
				Map.of(Run.RESTORE_OF, run.id().toString()), values.get(Option.EXPECTED_ROWS));
	}

	/** The request that a schedule makes: the rule's own settings, and no options. */
	public static RunRequest scheduled(Rule rule, String actor) {
		return new RunRequest(rule.name(), Mode.REGULAR, Trigger.SCHEDULE, actor, false, Map.of());
	}

}
