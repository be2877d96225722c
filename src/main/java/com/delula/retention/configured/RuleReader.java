package com.delula.retention.configured;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import com.delula.retention.configured.RuleProperties.ScheduleProperties;
import com.delula.retention.configured.RuleProperties.TableProperties;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.RuleSchedule;
import com.delula.retention.rule.RuleTable;
import com.delula.retention.validation.InvalidSettingException;
import com.delula.retention.validation.Setting;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Turns the settings of a rule into its description, or says which of them makes no
 * sense. What depends on the database is looked at by {@link ConfiguredRequirements}.
 */
final class RuleReader {

	/** Daily, after the backlog cleanup. */
	static final String DEFAULT_CRON = "0 3 * * *";

	private static final Duration LONGEST = Duration.ofHours(87_600);

	private static final Duration DEFAULT_DELAY = Duration.ofSeconds(60);

	/** Options that a call has whatever its rule. */
	private static final Set<String> TAKEN = Set.of(Rule.HOURS, "dryRun", "expectedRows", "table");

	/** A part of a name that folds to lower case as SQL does, or one in quotes. */
	private static final String IDENTIFIER = "([\\p{L}_][\\p{L}\\p{N}_$]*|\"([^\"\\p{Cntrl}]|\"\")+\")";

	private final String name;

	private final RuleProperties settings;

	private final String prefix;

	RuleReader(String name, RuleProperties settings) {
		this.name = name;
		this.settings = settings;
		this.prefix = ConfiguredProperties.PREFIX + "." + name + ".";
	}

	/**
	 * The rule.
	 * @throws InvalidSettingException if a setting is invalid
	 */
	Rule rule() {
		Setting.require(this.name.matches("[a-z][a-z0-9-]{0,47}"), ConfiguredProperties.PREFIX, this.name,
				"a name of up to 48 lower-case letters, digits and hyphens that begins with a letter");
		Duration maxAge = required("max-age", this.settings.maxAge(), "a duration such as 30d");
		Setting.between(this.prefix + "max-age", maxAge, Duration.ZERO, LONGEST);
		Rule.Builder rule = Rule.named(this.name).olderThan(maxAge).ageMayBeGiven();
		tables(rule);
		keep(rule);
		narrowBy(rule);
		if (this.settings.emergency()) {
			rule.emergency();
		}
		return rule.title(title())
			.schedule(schedule())
			.books(ledgerType())
			.says(RuleTexts.description(this.settings))
			.keeps(RuleTexts.keeps(this.settings))
			.build();
	}

	private <T> T required(String setting, @Nullable T value, String allowed) {
		if (value == null) {
			throw InvalidSettingException.missing("Missing " + this.prefix + setting + ": must be " + allowed);
		}
		return value;
	}

	private void tables(Rule.Builder rule) {
		List<TableProperties> tables = this.settings.tables();
		required("tables[0].table", tables.isEmpty() ? null : tables, "the name of a table");
		Set<String> names = new HashSet<>();
		for (int i = 0; i < tables.size(); i++) {
			RuleTable table = table(tables.get(i), "tables[" + i + "].");
			Setting.require(names.add(table.name()), this.prefix + "tables[" + i + "].table", table.name(),
					"a table that the rule does not name twice");
			rule.table(table);
		}
	}

	private RuleTable table(TableProperties table, String path) {
		String named = required(path + "table", text(table.table()), "the name of a table");
		Setting.require(named.matches(IDENTIFIER + "(\\." + IDENTIFIER + ")?"), this.prefix + path + "table", named,
				"the name of a table, such as app.sessions, with parts in double quotes where SQL needs them");
		required(path + "time", table.time().isEmpty() ? null : table.time(), "one or more columns of " + named);
		table.time().forEach((column) -> column(path + "time", column));
		RuleTable.Builder described = RuleTable.named(named).time(table.time().toArray(String[]::new));
		where(table).forEach((column, value) -> {
			Setting.require(!column.isBlank(), this.prefix + path + "where", column, "the name of a column");
			described.only(Values.condition(column, value));
		});
		return described.build();
	}

	private static Map<String, @Nullable Object> where(TableProperties table) {
		return Objects.requireNonNullElse(table.where(), Map.of());
	}

	private void column(String setting, String column) {
		Setting.require(StringUtils.hasText(column), this.prefix + setting, column, "the name of a column");
	}

	private void keep(Rule.Builder rule) {
		Integer newest = this.settings.keepNewest();
		String per = text(this.settings.per());
		if (newest == null) {
			Setting.require(per == null, this.prefix + "per", String.valueOf(per), "set together with keep-newest");
			return;
		}
		Setting.require(newest >= 0 && newest <= 1_000_000, this.prefix + "keep-newest", newest,
				"a whole number from 0 to 1000000");
		Setting.require(this.settings.tables().size() == 1, this.prefix + "keep-newest", newest,
				"left out where a rule has several tables");
		rule.keepNewest(newest, per);
	}

	private void narrowBy(Rule.Builder rule) {
		Set<String> options = new HashSet<>(TAKEN);
		for (String column : this.settings.narrowBy()) {
			column("narrow-by", column);
			String option = Rule.optionName(column);
			Setting.require(option.matches("[a-z][A-Za-z0-9]*"), this.prefix + "narrow-by", column,
					"a column whose name is letters, digits and underscores and begins with a lower-case letter");
			Setting.require(options.add(option), this.prefix + "narrow-by", column,
					"a column whose option has a name of its own, not " + option);
		}
		rule.narrowBy(this.settings.narrowBy().toArray(String[]::new));
	}

	private RuleSchedule schedule() {
		ScheduleProperties given = this.settings.schedule();
		String path = this.prefix + "schedule.";
		String cron = (given != null) ? text(given.cron()) : null;
		Duration interval = (given != null) ? given.interval() : null;
		Duration delay = (given != null) ? given.initialDelay() : null;
		if (interval == null) {
			Setting.require(delay == null, path + "initial-delay", (delay != null) ? Setting.text(delay) : "",
					"set together with interval");
			return RuleSchedule.cron(Setting.cron(path + "cron", (cron != null) ? cron : DEFAULT_CRON));
		}
		Setting.require(cron == null || cron.equals("-"), path + "cron", String.valueOf(cron),
				"left out where an interval is set, or - for never");
		Setting.between(path + "interval", interval, Duration.ofSeconds(1), LONGEST);
		Duration first = (delay != null) ? delay : DEFAULT_DELAY;
		Setting.between(path + "initial-delay", first, Duration.ZERO, Duration.ofDays(365));
		return (cron == null) ? RuleSchedule.every(interval, first) : RuleSchedule.NEVER;
	}

	private String title() {
		String title = text(this.settings.title());
		if (title == null) {
			String words = this.name.replace('-', ' ');
			return Character.toUpperCase(words.charAt(0)) + words.substring(1);
		}
		Setting.require(title.length() <= 100 && title.chars().noneMatch(Character::isISOControl),
				this.prefix + "title", title, "a line of up to 100 characters");
		return title;
	}

	private String ledgerType() {
		String type = text(this.settings.ledgerType());
		if (type == null) {
			return this.name.replace('-', '_');
		}
		Setting.require(type.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,49}"), this.prefix + "ledger-type", type,
				"up to 50 letters, digits, underscores, dots and hyphens");
		return type;
	}

	private static @Nullable String text(@Nullable String value) {
		return StringUtils.hasText(value) ? value.trim() : null;
	}

}
