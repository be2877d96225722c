package com.delula.retention.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import com.delula.retention.run.Firing;
import com.delula.retention.run.Setting;
import com.delula.retention.run.TaskSchedule;

/**
 * A task's schedule by interval. All instances fire at times of their own; a firing
 * counts only if the last one of a living instance is long enough ago.
 */
final class IntervalSchedule implements TaskSchedule {

	/**
	 * Instances that start within this time of each other, by clocks that may differ by a
	 * minute, count as started together.
	 */
	private static final Duration TOGETHER = Duration.ofSeconds(90);

	/** How much earlier than after a whole interval a firing may come. */
	private static final Duration SLACK = Duration.ofMinutes(1);

	private final String task;

	private final Duration interval;

	private final Clock clock;

	private Instant next;

	private boolean first = true;

	IntervalSchedule(String task, Duration initialDelay, Duration interval, Clock clock) {
		this.task = task;
		this.interval = interval;
		this.clock = clock;
		this.next = clock.instant().plus(initialDelay);
	}

	/** The firing that has just come; from now on the next one is ahead. */
	synchronized Firing fired() {
		Duration half = this.interval.dividedBy(2);
		Duration gap = this.first ? shorter(TOGETHER, half) : this.interval.minus(shorter(SLACK, half));
		this.first = false;
		this.next = this.clock.instant().plus(this.interval);
		return Firing.after(gap);
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

	@Override
	public String task() {
		return this.task;
	}

	@Override
	public synchronized Instant next() {
		return this.next;
	}

	@Override
	public Duration interval() {
		return this.interval;
	}

	@Override
	public String text() {
		return "every " + Setting.text(this.interval);
	}

}
