package com.delula.retention.dashboard;

import java.time.Duration;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/** How far back a chart looks, in some 150 to 180 steps. */
enum Span {

	DAY("1d", "24 hours", Duration.ofDays(1), Duration.ofMinutes(10)),

	WEEK("7d", "7 days", Duration.ofDays(7), Duration.ofHours(1)),

	MONTH("30d", "30 days", Duration.ofDays(30), Duration.ofHours(4)),

	QUARTER("90d", "90 days", Duration.ofDays(90), Duration.ofHours(12));

	private final String label;

	private final String text;

	private final Duration length;

	private final Duration step;

	Span(String label, String text, Duration length, Duration step) {
		this.label = label;
		this.text = text;
		this.length = length;
		this.step = step;
	}

	static Span of(@Nullable String label) {
		return Arrays.stream(values()).filter((span) -> span.label.equals(label)).findFirst().orElse(WEEK);
	}

	public String label() {
		return this.label;
	}

	public String text() {
		return this.text;
	}

	public Duration length() {
		return this.length;
	}

	public Duration step() {
		return this.step;
	}

	/** Whether a chart of bars has a bar an hour; a day by itself would be one bar. */
	public boolean hourly() {
		return this == DAY;
	}

	/** How many bars a chart of bars has. */
	public int bars() {
		return (int) (hourly() ? this.length.toHours() : this.length.toDays());
	}

}
