package com.delula.retention.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** All instances count the same slots, whatever their clocks say. */
class CronSlotTests {

	private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T01:59:30Z"));

	private final CronSlot slot = new CronSlot("0 0 2 * * *", this.clock);

	@Test
	void theNextIsTheFirstAfterTheStart() {
		assertThat(this.slot.next()).isEqualTo(Instant.parse("2026-11-21T02:00:00Z"));
		assertThat(this.slot.interval()).isEqualTo(Duration.ofDays(1));
	}

	@Test
	void theIntervalIsTheLongest() {
		CronSlot weekdays = new CronSlot("0 0 2 * * MON-FRI", this.clock);
		assertThat(weekdays.interval()).isEqualTo(Duration.ofDays(3));
		CronSlot officeHours = new CronSlot("0 0 9-17 * * *", this.clock);
		assertThat(officeHours.interval()).isEqualTo(Duration.ofHours(16));
		CronSlot office = new CronSlot("0 */15 9-17 * * MON-FRI", this.clock);
		assertThat(office.interval()).isEqualTo(Duration.ofHours(63).plusMinutes(15));
	}

	@Test
	void aTimerThatComesEarlyOrLateMeansTheSameSlot() {
		this.clock.now = Instant.parse("2026-11-21T01:59:59.990Z");
		assertThat(this.slot.fired()).isEqualTo(Instant.parse("2026-11-21T02:00:00Z"));
		this.clock.now = Instant.parse("2026-11-22T02:00:03Z");
		assertThat(this.slot.fired()).isEqualTo(Instant.parse("2026-11-22T02:00:00Z"));
		assertThat(this.slot.next()).isEqualTo(Instant.parse("2026-11-23T02:00:00Z"));
	}

	@Test
	void slotsThatWereSleptThroughAreNotMadeUpFor() {
		this.clock.now = Instant.parse("2026-11-25T09:00:00Z");
		assertThat(this.slot.fired()).isEqualTo(Instant.parse("2026-11-25T02:00:00Z"));
		assertThat(this.slot.next()).isEqualTo(Instant.parse("2026-11-26T02:00:00Z"));
	}

	@Test
	void theLastTimeThatHasPassedIsKnownFromTheStartOn() {
		assertThat(this.slot.passed()).contains(Instant.parse("2026-11-20T02:00:00Z"));
		CronSlot office = new CronSlot("0 */15 9-17 * * MON-FRI", this.clock);
		assertThat(office.passed()).contains(Instant.parse("2026-11-20T17:45:00Z"));
		CronSlot yearly = new CronSlot("0 0 0 1 1 *", this.clock);
		assertThat(yearly.passed()).contains(Instant.parse("2026-01-01T00:00:00Z"));
	}

	@Test
	void aTimeWhoseTimerMayBeAboutToComeHasNotPassed() {
		this.clock.now = Instant.parse("2026-11-21T02:00:01Z");
		assertThat(this.slot.passed()).isEmpty();
		this.clock.now = Instant.parse("2026-11-21T02:05:00Z");
		assertThat(this.slot.passed()).contains(Instant.parse("2026-11-21T02:00:00Z"));
		this.slot.fired();
		assertThat(this.slot.passed()).contains(Instant.parse("2026-11-21T02:00:00Z"));
	}

	/** A moment that the test sets. */
	private static final class SettableClock extends Clock {

		private Instant now;

		SettableClock(Instant now) {
			this.now = now;
		}

		@Override
		public Instant instant() {
			return this.now;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
