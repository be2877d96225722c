package com.delula.retention.dashboard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

import com.delula.retention.run.GroupRows;
import com.delula.retention.run.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A group of a rule as its page shows it.
 *
 * @param key its key; null for the rows without one
 * @param text its key with its name
 * @param rows its rows
 * @param fates what becomes of them
 * @param values its rows by the values of a column, most first
 * @param moreValues values beyond those
 * @param byDay its rows by day
 * @param byHour its rows by hour
 * @param now the time by the database's clock
 */
record GroupView(@Nullable String key, String text, GroupRows rows, List<Part> fates, List<Choice> values,
		long moreValues, BarChart byDay, BarChart byHour, Instant now) {

	/** Rows of each end that are listed. */
	static final int LISTED = 10;

	private static final int VALUES = 10;

	private static final long HOUR = 3600;

	private static final int HOURS_SHOWN = 48;

	private static final int DAYS_SHOWN = 30;

	private static final int HOURS_OF_DAY = 24;

	static GroupView of(@Nullable String key, String text, GroupRows rows, Instant now) {
		long hour = now.getEpochSecond() / HOUR;
		long day = hour / HOURS_OF_DAY;
		List<Choice> values = values(rows.values());
		return new GroupView(key, text, rows, fates(rows), values.stream().limit(VALUES).toList(),
				Math.max(0, values.size() - VALUES),
				chart(rows.hours(), day - DAYS_SHOWN + 1, DAYS_SHOWN, HOURS_OF_DAY),
				chart(rows.hours(), hour - HOURS_SHOWN + 1, HOURS_SHOWN, 1), now);
	}

	private static List<Choice> values(Map<@Nullable String, Long> rows) {
		List<Choice> values = new ArrayList<>();
		rows.forEach((value, count) -> values.add(new Choice(value, null, count)));
		values.sort(Comparator.comparingLong((Choice choice) -> -choice.rows()).thenComparing(Choice::text));
		return values;
	}

	/** Bars of so many hours each. */
	private static BarChart chart(SortedMap<Long, Long> hours, long first, int bars, int width) {
		List<BarChart.Point> points = new ArrayList<>();
		for (int i = 0; i < bars; i++) {
			long from = (first + i) * width;
			long rows = hours.subMap(from, from + width).values().stream().mapToLong(Long::longValue).sum();
			points.add(new BarChart.Point(Instant.ofEpochSecond(from * HOUR), rows));
		}
		return BarChart.of("row", points);
	}

	private static List<Part> fates(GroupRows rows) {
		List<Part> parts = new ArrayList<>();
		double from = 0;
		for (Verdict verdict : Stream.of(Verdict.values()).filter(rows.fates()::containsKey).toList()) {
			long count = rows.fates().getOrDefault(verdict, 0L);
			double width = Bars.width(count, rows.rows());
			parts.add(new Part(verdict.label(), count, from, width));
			from += width;
		}
		return parts;
	}

	/**
	 * The rows of one fate.
	 *
	 * @param fate what becomes of them
	 * @param rows how many they are
	 * @param from where the bar begins
	 * @param width how wide it is
	 */
	record Part(String fate, long rows, double from, double width) {

	}

}
