package com.delula.retention.answer;

import java.time.Duration;

/** Tells a person how long ago something was. */
public final class Age {

	private Age() {
	}

	/** The age in its largest whole unit. */
	public static String text(Duration age) {
		if (age.toMinutes() < 1) {
			return "just now";
		}
		if (age.toHours() < 1) {
			return ago(age.toMinutes(), "minute");
		}
		return (age.toDays() < 1) ? ago(age.toHours(), "hour") : ago(age.toDays(), "day");
	}

	private static String ago(long count, String unit) {
		return count + " " + unit + ((count == 1) ? "" : "s") + " ago";
	}

}
