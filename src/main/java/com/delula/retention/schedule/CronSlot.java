package com.delula.retention.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;

import org.springframework.scheduling.support.CronExpression;

/**
 * The nominal times of a cron schedule, in UTC: what the schedule was fired for, whatever
 * the clock says at that moment. All instances count the same slots.
 */
final class CronSlot {

	/** After that a usual schedule has come round, also one that keeps to a week. */
	private static final Duration CYCLE = Duration.ofDays(8);

	/** One that fires less often has come round after this many. */
	private static final int FEW = 60;

	/** One that fires more often than each minute is not followed for a week. */
	private static final int MANY = 12_000;

	/** A timer that comes later than this is late. */
	private static final Duration PUNCTUAL = Duration.ofMinutes(1);

	private final CronExpression expression;

	private final Clock clock;

	private final Duration interval;

	private Instant next;

	CronSlot(String expression, Clock clock) {
		this.expression = CronExpression.parse(expression);
		this.clock = clock;
		this.next = after(clock.instant());
		this.interval = longest();
	}

	/** When the schedule fires next. */
	synchronized Instant next() {
		return this.next;
	}

	/**
	 * The longest time between two firings: one that only comes on weekdays is not late
	 * on a Sunday.
	 */
	Duration interval() {
		return this.interval;
	}

	private Duration longest() {
		Duration longest = Duration.ZERO;
		Instant firing = this.next;
		Instant enough = firing.plus(CYCLE);
		for (int i = 0; i < FEW || (firing.isBefore(enough) && i < MANY); i++) {
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

	/**
	 * The last time that has passed; empty if its timer may be about to come.
	 */
	synchronized Optional<Instant> passed() {
		Instant now = this.clock.instant();
		return last(now).filter((slot) -> slot.isBefore(this.next) || slot.isBefore(now.minus(PUNCTUAL)));
	}

	/** Looks back only as far as it has to: there may be many in a whole interval. */
	private Optional<Instant> last(Instant now) {
		Duration back = PUNCTUAL;
		while (after(now.minus(back)).isAfter(now)) {
			if (back.compareTo(this.interval) > 0) {
				return Optional.empty();
			}
			back = back.multipliedBy(8);
		}
		Instant last = after(now.minus(back));
		for (Instant next = last; !next.isAfter(now); next = after(next)) {
			last = next;
		}
		return Optional.of(last);
	}

	private Instant after(Instant time) {
		LocalDateTime next = this.expression.next(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
		return Objects.requireNonNull(next, "a schedule that never fires is refused at the start")
			.toInstant(ZoneOffset.UTC);
	}

}
