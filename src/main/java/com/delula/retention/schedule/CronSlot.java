package com.delula.retention.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Objects;

import org.springframework.scheduling.support.CronExpression;

/**
 * The nominal times of a cron schedule, in UTC: what the schedule was fired for, whatever
 * the clock says at that moment. All instances count the same slots.
 */
final class CronSlot {

	/**
	 * Firings after which a usual schedule has come round: some in an hour, or a week.
	 */
	private static final int CYCLE = 60;

	private final CronExpression expression;

	private final Clock clock;

	private Instant next;

	CronSlot(String expression, Clock clock) {
		this.expression = CronExpression.parse(expression);
		this.clock = clock;
		this.next = after(clock.instant());
	}

	/** When the schedule fires next. */
	synchronized Instant next() {
		return this.next;
	}

	/**
	 * The longest time between two firings: one that only comes on weekdays is not late
	 * on a Sunday.
	 */
	synchronized Duration interval() {
		Duration longest = Duration.ZERO;
		Instant firing = this.next;
		for (int i = 0; i < CYCLE; i++) {
			Instant following = after(firing);
			Duration gap = Duration.between(firing, following);
			longest = (gap.compareTo(longest) > 0) ? gap : longest;
			firing = following;
		}
		return longest;
	}

	/** The time that it has just been fired for; from now on the next one is ahead. */
	synchronized Instant fired() {
		Instant fired = this.next;
		Instant now = this.clock.instant();
		Instant following = after(fired);
		while (!following.isAfter(now)) {
			fired = following;
			following = after(fired);
		}
		this.next = following;
		return fired;
	}

	private Instant after(Instant time) {
		LocalDateTime next = this.expression.next(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
		return Objects.requireNonNull(next, "a schedule that never fires is refused at the start")
			.toInstant(ZoneOffset.UTC);
	}

}
