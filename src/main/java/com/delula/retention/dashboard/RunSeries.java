package com.delula.retention.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.delula.retention.run.Run;

/**
 * How fast a run went over time, as far as this instance has seen it. Stretches of time
 * grow with the run, so that there are never more than {@value #MOST}.
 */
final class RunSeries {

	/** Bars that a narrow screen still shows apart. */
	private static final int MOST = 60;

	private static final long SECOND = 1_000_000_000L;

	private final Run run;

	private final long opened;

	private long step = SECOND;

	private long[] rows = new long[MOST];

	private long batches;

	RunSeries(Run run, long now) {
		this.run = run;
		this.opened = now;
	}

	Run run() {
		return this.run;
	}

	/** A batch was committed; called by all of a run's workers. */
	synchronized void add(long removed, long now) {
		int place = (int) ((now - this.opened) / this.step);
		while (place >= MOST) {
			halve();
			place = (int) ((now - this.opened) / this.step);
		}
		this.rows[place] += removed;
		this.batches++;
	}

	private void halve() {
		long[] halved = new long[MOST];
		for (int i = 0; i < MOST; i++) {
			halved[i / 2] += this.rows[i];
		}
		this.rows = halved;
		this.step *= 2;
	}

	/** The points until now. */
	synchronized Throughput until(long now) {
		int count = (int) Math.min(MOST, (now - this.opened) / this.step + 1);
		List<BarChart.Point> points = new ArrayList<>();
		Duration length = Duration.ofNanos(this.step);
		Instant time = this.run.startedAt();
		for (long removed : Arrays.copyOf(this.rows, count)) {
			points.add(new BarChart.Point(time, removed));
			time = time.plus(length);
		}
		return new Throughput(length, this.batches, points);
	}

	/**
	 * How fast a run went.
	 *
	 * @param step how long each stretch of time is
	 * @param batches the batches that it took
	 * @param points rows by stretch of time
	 */
	record Throughput(Duration step, long batches, List<BarChart.Point> points) {

		/** Fewer bars tell no more than the rate by itself. */
		private static final int TELLING = 3;

		/** Whether there is something to show. */
		public boolean isTelling() {
			return this.points.size() >= TELLING;
		}

		/** Rows a second, over time. */
		public BarChart chart() {
			double seconds = this.step.toMillis() / 1000.0;
			return BarChart.of("row",
					this.points.stream()
						.map((point) -> new BarChart.Point(point.time(), Math.round(point.value() / seconds)))
						.toList());
		}

	}

}
