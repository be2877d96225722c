package com.delula.retention.configured;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import com.delula.retention.rule.RuleSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * The settings of one rule, as they are written.
 *
 * @param title what a person calls it; by default its name
 * @param tables its tables, children before parents
 * @param maxAge rows strictly older than this are due; hours where no unit is given; 0
 * for all
 * @param keepNewest the newest rows of each group that are never due; null or 0 keeps
 * none
 * @param per the column whose values form groups; all rows are one group by default
 * @param narrowBy columns by which a caller may narrow a run
 * @param schedule when it runs; daily at 03:00 UTC by default
 * @param emergency whether it offers a removal whatever the age
 * @param ledgerType the type of its rows in the ledger; by default its name with
 * underscores
 */
@RuleSettings
public record RuleProperties(@Nullable String title, @DefaultValue List<TableProperties> tables,
		@DurationUnit(ChronoUnit.HOURS) @Nullable Duration maxAge, @Nullable Integer keepNewest, @Nullable String per,
		@DefaultValue List<String> narrowBy, @Nullable ScheduleProperties schedule,
		@DefaultValue("false") boolean emergency, @Nullable String ledgerType) {

	/**
	 * A table.
	 *
	 * @param table its name, with its schema where that is not on the search path
	 * @param where columns and the values that a row must have in them; every row can go
	 * by default
	 * @param time a row's time is the first of these columns that is not null
	 */
	public record TableProperties(@Nullable String table, @Nullable Map<String, @Nullable Object> where,
			@DefaultValue List<String> time) {

	}

	/**
	 * When it runs.
	 *
	 * @param cron UTC, five or six fields; {@code -} for never
	 * @param interval how long after the last start instead; hours where no unit is given
	 * @param initialDelay how long after the service's start it runs first, by interval;
	 * seconds where no unit is given; 60 s by default
	 */
	public record ScheduleProperties(@Nullable String cron, @DurationUnit(ChronoUnit.HOURS) @Nullable Duration interval,
			@DurationUnit(ChronoUnit.SECONDS) @Nullable Duration initialDelay) {

	}

}
