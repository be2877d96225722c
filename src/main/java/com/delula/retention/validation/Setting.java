package com.delula.retention.validation;

import java.time.Duration;
import java.time.LocalDateTime;

import org.springframework.scheduling.support.CronExpression;

/** Checks of configuration values. */
public final class Setting {

	private Setting() {
	}

	/**
	 * Requires that a value makes sense.
	 * @param valid whether it does
	 * @param property the property's name
	 * @param value the value as given
	 * @param allowed what is allowed, in words
	 * @throws InvalidSettingException if it does not
	 */
	public static void require(boolean valid, String property, Object value, String allowed) {
		if (!valid) {
			throw new InvalidSettingException(property, value, allowed);
		}
	}

	/**
	 * Requires a duration between two bounds, both included.
	 * @throws InvalidSettingException if it is outside
	 */
	public static void between(String property, Duration value, Duration least, Duration most) {
		require(value.compareTo(least) >= 0 && value.compareTo(most) <= 0, property, text(value),
				"a duration from " + text(least) + " to " + text(most));
	}

	/**
	 * Requires a cron expression of five or six fields that fires some day, or {@code -}.
	 * @return the expression with six fields, or {@code -}
	 * @throws InvalidSettingException if it is neither
	 */
	public static String cron(String property, String value) {
		String trimmed = value.trim();
		if (trimmed.equals("-")) {
			return trimmed;
		}
		String six = (trimmed.split("\\s+").length == 5) ? "0 " + trimmed : trimmed;
		require(fires(six), property, value,
				"a cron expression of five or six fields that fires some day, such as '0 2 * * *', or - for never");
		return six;
	}

	private static boolean fires(String cron) {
		return CronExpression.isValidExpression(cron)
				&& CronExpression.parse(cron).next(LocalDateTime.of(2000, 1, 1, 0, 0)) != null;
	}

	/** A duration as an operator would write it: {@code 48h}, {@code 250ms}. */
	public static String text(Duration duration) {
		if (duration.isZero()) {
			return "0h";
		}
		if (duration.toNanosPart() != 0) {
			return duration.toMillis() + "ms";
		}
		if (duration.toSecondsPart() != 0) {
			return duration.toSeconds() + "s";
		}
		if (duration.toMinutesPart() != 0) {
			return duration.toMinutes() + "m";
		}
		return duration.toHours() + "h";
	}

}
