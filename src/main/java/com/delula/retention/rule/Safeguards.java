package com.delula.retention.rule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What bounds a rule's runs besides what it says of rows. All of it is off by default.
 *
 * @param maxRows the most rows that a run nobody watches may remove; null without a limit
 * @param maxShare the same as a share of the tables' rows, above 0 and up to 1; null
 * without a limit
 * @param undo how long removed rows can be put back; null where they cannot
 * @param windows the times of day in which runs remove rows; always if empty
 * @param runWhenDue due rows that start a run between firings; null where none do
 */
public record Safeguards(@Nullable Long maxRows, @Nullable Double maxShare, @Nullable Duration undo,
		List<TimeWindow> windows, @Nullable Long runWhenDue) {

	/** Nothing is bounded. */
	public static final Safeguards NONE = new Safeguards(null, null, null, List.of(), null);

	public Safeguards {
		windows = List.copyOf(windows);
	}

	/** Whether runs may remove rows at a time of day, in UTC. */
	public boolean isOpenAt(LocalTime time) {
		return this.windows.isEmpty() || this.windows.stream().anyMatch((window) -> window.contains(time));
	}

	/** When runs may next remove rows; null where they may at that time. */
	public @Nullable Instant opensAfter(Instant at) {
		if (isOpenAt(at.atOffset(ZoneOffset.UTC).toLocalTime())) {
			return null;
		}
		return this.windows.stream()
			.map((window) -> window.beginsAfter(at))
			.min(Comparator.naturalOrder())
			.orElse(null);
	}

	/** The windows as a person reads them: {@code 22:00-05:30, 12:00-13:00 UTC}. */
	public String windowsText() {
		return this.windows.stream().map(TimeWindow::toString).collect(Collectors.joining(", ", "", " UTC"));
	}

}
