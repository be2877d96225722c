package com.delula.retention.rule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/**
 * A stretch of each day, in UTC, such as {@code 22:00-05:30}. One that ends before it
 * begins goes on over midnight; {@code 00:00-24:00} is all day.
 *
 * @param from its first moment
 * @param to the first moment behind it; midnight for the end of the day
 */
public record TimeWindow(LocalTime from, LocalTime to) {

	public TimeWindow {
		if (from.equals(to) && !from.equals(LocalTime.MIDNIGHT)) {
			throw new IllegalArgumentException("A window from " + from + " to " + to + " is empty");
		}
	}

	/**
	 * Reads a window.
	 * @param text two times of day with a hyphen between them; {@code 24:00} is midnight
	 * @throws IllegalArgumentException if it is none
	 */
	public static TimeWindow parse(String text) {
		String[] ends = text.trim().split("\\s*-\\s*", -1);
		if (ends.length != 2) {
			throw new IllegalArgumentException("Not a window: " + text);
		}
		return new TimeWindow(time(ends[0]), time(ends[1].equals("24:00") ? "00:00" : ends[1]));
	}

	private static LocalTime time(String text) {
		try {
			return LocalTime.parse(text);
		}
		catch (DateTimeParseException ex) {
			throw new IllegalArgumentException("Not a time of day: " + text, ex);
		}
	}

	/** Whether a time of day, in UTC, is inside. */
	public boolean contains(LocalTime time) {
		boolean begun = !time.isBefore(this.from);
		boolean open = time.isBefore(this.to);
		return this.from.isBefore(this.to) ? begun && open : begun || open;
	}

	/** When it next begins. */
	Instant beginsAfter(Instant at) {
		LocalDate day = at.atOffset(ZoneOffset.UTC).toLocalDate();
		Instant today = day.atTime(this.from).toInstant(ZoneOffset.UTC);
		return today.isAfter(at) ? today : day.plusDays(1).atTime(this.from).toInstant(ZoneOffset.UTC);
	}

	@Override
	public String toString() {
		return this.from + "-" + this.to;
	}

}
