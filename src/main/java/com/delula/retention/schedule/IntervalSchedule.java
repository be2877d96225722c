package com.delula.retention.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import com.delula.retention.rule.RuleSchedule;
import com.delula.retention.run.TaskSchedule;
import com.delula.retention.run.history.Firing;
import com.delula.retention.run.history.FiringLog;
import com.delula.retention.validation.Setting;
import org.jspecify.annotations.Nullable;

/**
 * A task's schedule by interval: once after each start, and then an interval after the
 * last firing, whichever instance that was.
 */
final class IntervalSchedule implements TaskSchedule {

	/** Instances that start within this time of each other count as started together. */
	private static final Duration TOGETHER = Duration.ofSeconds(90);

	/** How much earlier than after a whole interval a firing may come. */
	private static final Duration SLACK = Duration.ofMinutes(1);

	private final String task;

	private final Duration interval;

	private final Clock clock;

	private Instant next;

	/** When it first fired here; null before that. */
	private @Nullable Instant begun;

	private boolean started;

	IntervalSchedule(String task, RuleSchedule when, Clock clock) {
		this.task = task;
		this.interval = Objects.requireNonNull(when.interval());
		this.clock = clock;
		this.next = clock.instant().plus(when.initialDelay());
	}

	synchronized boolean isDue() {
		return !this.clock.instant().isBefore(this.next);
	}

	/** The firing that has just come; from now on the next one is ahead. */
	synchronized Firing fired() {
		Instant now = this.clock.instant();
		this.next = now.plus(this.interval);
		if (this.started) {
			return Firing.after(this.interval.minus(shorter(SLACK, half())));
		}
		this.begun = (this.begun != null) ? this.begun : now;
		return Firing.afterStart(shorter(TOGETHER.plus(Duration.between(this.begun, now)), half()));
	}

	/**
	 * Counts the next one from the last. Where the first one was refused, because an
	 * instance that started together with this one has fired, it comes once more when it
	 * is certain whether that instance is still up: one that was killed may have left its
	 * run in the middle.
	 * @param here whether this instance has fired, or another
	 * @param last when it was fired last, by whichever
	 */
	synchronized void follow(boolean here, Optional<Instant> last) {
		Instant now = this.clock.instant();
		boolean sure = here || this.begun == null || !now.isBefore(this.begun.plus(FiringLog.SILENCE))
				|| half().compareTo(TOGETHER.plus(FiringLog.SILENCE)) < 0;
		if (!this.started && !sure) {
			this.next = now.plus(FiringLog.SILENCE);
			return;
		}
		this.started = true;
		last.map((fired) -> fired.plus(this.interval))
			.filter((following) -> following.isAfter(now))
			.ifPresent((following) -> this.next = following);
	}

	private Duration half() {
		return this.interval.dividedBy(2);
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
	public String words() {
		return RuleSchedule.every(this.interval, Duration.ZERO).words();
	}

	@Override
	public String text() {
		return "every " + Setting.text(this.interval);
	}

}
