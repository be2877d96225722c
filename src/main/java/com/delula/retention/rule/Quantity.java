package com.delula.retention.rule;

import java.time.Duration;
import java.util.Locale;

import com.delula.retention.validation.Setting;

/** Numbers as texts for people write them. */
public final class Quantity {

	private Quantity() {
	}

	/** {@code 12,345}. */
	public static String of(long number) {
		return String.format(Locale.ROOT, "%,d", number);
	}

	/** {@code 1 row}, {@code 12,345 rows}. */
	public static String rows(long number) {
		return of(number, "row");
	}

	/**
	 * {@code 48 hours}, {@code 7 days}; what is no whole number of hours as a setting has
	 * it.
	 */
	public static String of(Duration span) {
		if (span.toDays() > 2 && span.equals(Duration.ofDays(span.toDays()))) {
			return of(span.toDays(), "day");
		}
		return span.equals(Duration.ofHours(span.toHours())) ? of(span.toHours(), "hour") : Setting.text(span);
	}

	/** A share as a percentage: {@code 25%}. */
	public static String percent(double share) {
		return Math.round(share * 100) + "%";
	}

	/** {@code 1 recipe}, {@code 12,345 recipes}. */
	public static String of(long number, String noun) {
		return of(number) + " " + noun + ((number == 1) ? "" : "s");
	}

}
