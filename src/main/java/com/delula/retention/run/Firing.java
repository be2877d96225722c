package com.delula.retention.run;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One firing of a schedule. All instances fire; the first that holds the task's lock
 * claims the firing and the others stand aside.
 *
 * @param slot the nominal time of a cron schedule, the same on all instances whatever
 * their clocks say; null for an interval
 * @param gap an interval's claim is granted only if the last one is this long ago, by the
 * database's clock
 * @param waited how long ago it fired, if it had to wait for a run that was under way
 */
public record Firing(@Nullable Instant slot, Duration gap, Duration waited) {

	/** The firing of a cron schedule for its nominal time. */
	public static Firing at(Instant slot) {
		return new Firing(slot, Duration.ZERO, Duration.ZERO);
	}

	/** The firing of an interval that the last one precedes by at least the gap. */
	public static Firing after(Duration gap) {
		return new Firing(null, gap, Duration.ZERO);
	}

	/** The same firing after a wait; it still counts from when it fired. */
	public Firing having(Duration waited) {
		return new Firing(this.slot, this.gap, waited);
	}

}
