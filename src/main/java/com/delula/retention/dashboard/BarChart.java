package com.delula.retention.dashboard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers over time, drawn as bars without a script.
 *
 * @param unit what is counted, such as "row"; in the singular
 * @param bars a bar for each stretch of time, without gaps
 * @param max the greatest number; at least 1
 */
record BarChart(String unit, List<Bar> bars, long max) {

	/** Units that it is high. */
	private static final double HEIGHT = 100;

	/** The part of its place that a bar fills. */
	private static final double FILLED = 0.86;

	static BarChart of(String unit, List<Point> points) {
		long max = Math.max(1, points.stream().mapToLong(Point::value).max().orElse(1));
		double step = Bars.WIDTH / Math.max(1, points.size());
		List<Bar> bars = new ArrayList<>();
		for (Point point : points) {
			double height = point.value() * HEIGHT / max;
			bars.add(new Bar(point, bars.size() * step, HEIGHT - height, step * FILLED, height));
		}
		return new BarChart(unit, bars, max);
	}

	/** Whether there is nothing to draw. */
	public boolean isEmpty() {
		return this.bars.stream().allMatch((bar) -> bar.point().value() == 0);
	}

	/** Where the first bar begins. */
	public Instant first() {
		return this.bars.get(0).point().time();
	}

	/** Where the last bar begins. */
	public Instant last() {
		return this.bars.get(this.bars.size() - 1).point().time();
	}

	/**
	 * A number at a time.
	 *
	 * @param time when its stretch of time begins
	 * @param value the number
	 */
	record Point(Instant time, long value) {

	}

	/**
	 * A bar.
	 *
	 * @param point what it shows
	 * @param x where it begins
	 * @param y its upper end, from above
	 * @param width how wide it is
	 * @param height how high it is
	 */
	record Bar(Point point, double x, double y, double width, double height) {

	}

}
