package com.delula.retention.database;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The database's clock, read once in a while and counted on in between by a timer that
 * nobody sets. All instances on a database agree on it, whatever their own clocks say.
 */
final class DatabaseClock extends Clock {

	/** An answer that took longer tells the time too badly. */
	private static final Duration PROMPT = Duration.ofSeconds(1);

	private final Supplier<Instant> database;

	private volatile @Nullable Reading reading;

	DatabaseClock(Supplier<Instant> database) {
		this.database = database;
	}

	/** Reads the database's clock again. */
	void read() {
		long asked = System.nanoTime();
		Instant time = this.database.get();
		long took = System.nanoTime() - asked;
		if (this.reading == null || took < PROMPT.toNanos()) {
			this.reading = new Reading(time, asked + took / 2);
		}
	}

	@Override
	public Instant instant() {
		if (this.reading == null) {
			read();
		}
		Reading last = Objects.requireNonNull(this.reading);
		return last.time().plusNanos(System.nanoTime() - last.nanoTime());
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return Clock.fixed(instant(), zone);
	}

	/** What the database's clock said, and when by this process's timer. */
	private record Reading(Instant time, long nanoTime) {

	}

}
