package com.delula.retention.rule;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * When a rule runs by itself: at the times of a cron expression, or again and again, or
 * never.
 *
 * @param cron six fields, UTC; null where the interval holds or it never runs
 * @param interval how long after the last start; null where the cron expression holds or
 * it never runs
 * @param initialDelay how long after an instance's start it runs first, by interval only
 */
public record RuleSchedule(@Nullable String cron, @Nullable Duration interval, Duration initialDelay) {

	/** Units of an interval and their seconds. */
	private static final List<Map.Entry<String, Long>> UNITS = List.of(Map.entry("day", 86_400L),
			Map.entry("hour", 3_600L), Map.entry("minute", 60L));

	/** Never. */
	public static final RuleSchedule NEVER = new RuleSchedule(null, null, Duration.ZERO);

	public RuleSchedule {
		if (cron != null && interval != null) {
			throw new IllegalArgumentException("Either a cron expression or an interval: " + cron + ", " + interval);
		}
	}

	/**
	 * At the times of a cron expression.
	 * @param cron six fields, or {@code -} for never
	 */
	public static RuleSchedule cron(String cron) {
		return cron.equals("-") ? NEVER : new RuleSchedule(cron, null, Duration.ZERO);
	}

	/** Again and again. */
	public static RuleSchedule every(Duration interval, Duration initialDelay) {
		return new RuleSchedule(null, interval, initialDelay);
	}

	/** What a person reads: {@code every day at 02:00 UTC}, {@code every 6 hours}. */
	public String words() {
		if (this.cron != null) {
			return CronWords.of(this.cron).orElse("cron '" + this.cron + "' UTC");
		}
		return (this.interval != null) ? "every " + words(this.interval) : "never";
	}

	private static String words(Duration interval) {
		long seconds = interval.toSeconds();
		for (Map.Entry<String, Long> unit : UNITS) {
			if (seconds % unit.getValue() == 0) {
				long number = seconds / unit.getValue();
				return (number == 1) ? unit.getKey() : number + " " + unit.getKey() + "s";
			}
		}
		return seconds + " seconds";
	}

	/** Whether it runs by itself at all. */
	public boolean isOn() {
		return this.cron != null || this.interval != null;
	}

}
