package com.delula.retention.dashboard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

import org.jspecify.annotations.Nullable;

/**
 * Numbers over time, as a table that a chart is drawn from.
 *
 * @param names what each column counts
 * @param points a row of numbers for each time; null where none is known
 */
record Series(List<String> names, List<Point> points) {

	record Point(Instant time, List<@Nullable Long> values) {

	}

	/** Puts numbers by time and key into the columns of the keys. */
	static Series of(Map<String, String> namesByKey, SortedMap<Instant, Map<String, Long>> numbers) {
		List<Point> points = new ArrayList<>();
		numbers.forEach((time, byKey) -> {
			List<@Nullable Long> values = new ArrayList<>();
			namesByKey.keySet().forEach((key) -> values.add(byKey.get(key)));
			points.add(new Point(time, values));
		});
		return new Series(List.copyOf(namesByKey.values()), points);
	}

	/** Whether there is nothing to draw. */
	public boolean isEmpty() {
		return this.points.isEmpty();
	}

	/** The sum of one column. */
	public long sum(int column) {
		return this.points.stream()
			.map((point) -> point.values().get(column))
			.mapToLong((value) -> (value != null) ? value : 0)
			.sum();
	}

	/** The greatest number of one column. */
	public long max(int column) {
		return this.points.stream()
			.map((point) -> point.values().get(column))
			.mapToLong((value) -> (value != null) ? value : 0)
			.max()
			.orElse(0);
	}

}
