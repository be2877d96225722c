package com.delula.retention.answer;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.delula.retention.rule.Keep;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.RuleSchedule;
import com.delula.retention.rule.Safeguards;
import com.delula.retention.rule.TimeWindow;
import com.delula.retention.validation.Setting;
import org.jspecify.annotations.Nullable;

/**
 * A rule as the API shows it.
 *
 * @param name its name at every door
 * @param title what a person calls its runs
 * @param description what it removes and what it keeps, in a sentence
 * @param tables its tables, those that refer before those that are referred to
 * @param maxAgeHours rows strictly older are due
 * @param keepNewest how many of the newest of each group stay; 0 keeps none
 * @param per the column whose values form the groups; null where there are none
 * @param narrowBy the options that narrow a run
 * @param emergency whether it offers an emergency
 * @param schedule a cron expression (UTC) or an interval; null where it never runs by
 * itself
 * @param nextRunAt when it runs next by itself; null where it never does
 * @param ledgerType the type of its rows in the ledger
 * @param maxRows the most rows that a run nobody watches may remove; null without a limit
 * @param maxShare the same as a share of the table; null without a limit
 * @param undoHours how long removed rows can be put back; null where they cannot
 * @param windows the times of day in which it runs; empty where it may always
 * @param runWhenDue the due rows that start a run between firings; null where none do
 * @param operations how it is run, and with which options
 */
public record RuleJson(String name, String title, String description, List<String> tables, BigDecimal maxAgeHours,
		int keepNewest, @Nullable String per, List<String> narrowBy, boolean emergency, @Nullable String schedule,
		@Nullable Instant nextRunAt, String ledgerType, @Nullable Long maxRows, @Nullable Double maxShare,
		@Nullable Long undoHours, List<String> windows, @Nullable Long runWhenDue, List<Operation> operations) {

	private static final BigDecimal HOUR = BigDecimal.valueOf(3600);

	/** The rule in the contract's words. */
	static RuleJson of(Rule rule, @Nullable Instant next, List<Operation> operations) {
		Keep keep = rule.keep();
		Safeguards guards = rule.safeguards();
		Duration undo = guards.undo();
		return new RuleJson(rule.name(), rule.title(), rule.description(), rule.tableNames(), hours(rule.maxAge()),
				(keep != null) ? keep.newest() : 0, rule.groupColumn(),
				rule.narrowBy().stream().map(Rule::optionName).toList(), rule.emergency(), schedule(rule.schedule()),
				next, rule.ledgerType(), guards.maxRows(), guards.maxShare(), (undo != null) ? undo.toHours() : null,
				guards.windows().stream().map(TimeWindow::toString).toList(), guards.runWhenDue(), operations);
	}

	/** Whole hours wherever they are. */
	static BigDecimal hours(Duration age) {
		BigDecimal hours = BigDecimal.valueOf(age.toSeconds()).divide(HOUR, 4, RoundingMode.HALF_UP);
		return hours.setScale(Math.max(0, hours.stripTrailingZeros().scale()), RoundingMode.UNNECESSARY);
	}

	private static @Nullable String schedule(RuleSchedule schedule) {
		Duration interval = schedule.interval();
		return (interval != null) ? "every " + Setting.text(interval) : schedule.cron();
	}

	/**
	 * A way to run the rule.
	 *
	 * @param mode how far it goes
	 * @param path where it is run by POST
	 * @param options what a caller may say
	 */
	public record Operation(String mode, String path, List<OptionJson> options) {

	}

	/**
	 * What a caller may say.
	 *
	 * @param name its name as a query parameter or a field of the body
	 * @param allowed what it may be, in words that follow "must be"
	 */
	public record OptionJson(String name, String allowed) {

	}

}
