package com.delula.retention.run.history;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One firing of a schedule. All instances fire; the first that holds the task's lock
 * claims the firing and the others skip it.
 *
 * @param slot the nominal time of a cron schedule, the same on all instances whatever
 * their clocks say; null for an interval
 * @param gap an interval's claim is granted only if the last one is this long ago, by the
 * database's clock
 * @param start whether an interval fires because this instance has started: then the last
 * firing does not count if the instance that claimed it has ended
 * @param counted when the rows were counted because of which it fires; granted only if no
 * run has been under way since. Null where it has another reason
 * @param waited how long ago it fired, if it had to wait for a run that was under way
 * @param again whether this instance may have claimed it already, in a transaction of
 * which it does not know whether it was committed
 */
public record Firing(@Nullable Instant slot, Duration gap, boolean start, @Nullable Instant counted, Duration waited,
		boolean again) {

	/** The firing of a cron schedule for its nominal time. */
	public static Firing at(Instant slot) {
		return new Firing(slot, Duration.ZERO, false, null, Duration.ZERO, false);
	}

	/** The firing of an interval that the last one precedes by at least the gap. */
	public static Firing after(Duration gap) {
		return new Firing(null, gap, false, null, Duration.ZERO, false);
	}

	/**
	 * The first firing of an interval after a start, unless another instance that is
	 * still up has fired within the gap.
	 */
	public static Firing afterStart(Duration gap) {
		return new Firing(null, gap, true, null, Duration.ZERO, false);
	}

	/** A firing between those of the schedule, because enough rows were due then. */
	public static Firing counted(Instant asOf) {
		return new Firing(null, Duration.ZERO, false, asOf, Duration.ZERO, false);
	}

	/** The same firing after a wait; it still counts from when it fired. */
	public Firing having(Duration waited) {
		return new Firing(this.slot, this.gap, this.start, this.counted, waited, this.again);
	}

	/**
	 * The same firing after an attempt of which nobody knows whether it has claimed it.
	 */
	public Firing inDoubt() {
		return new Firing(this.slot, this.gap, this.start, this.counted, this.waited, true);
	}

}
