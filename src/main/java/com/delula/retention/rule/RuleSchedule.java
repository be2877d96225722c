package com.delula.retention.rule;

import java.time.Duration;

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

	/** Whether it runs by itself at all. */
	public boolean isOn() {
		return this.cron != null || this.interval != null;
	}

}
