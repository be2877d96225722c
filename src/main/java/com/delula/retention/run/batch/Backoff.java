package com.delula.retention.run.batch;

import java.time.Duration;

import com.delula.retention.run.StopSignal;

/**
 * Waits longer after each failure in a row, and knows when that has gone on for too long.
 */
public final class Backoff {

	private static final Duration FIRST = Duration.ofMillis(50);

	private static final Duration LONGEST = Duration.ofSeconds(2);

	private final Duration patience;

	private long since;

	private Duration next = FIRST;

	private boolean failing;

	public Backoff(Duration patience) {
		this.patience = patience;
	}

	/** Something worked. */
	public void reset() {
		this.failing = false;
		this.next = FIRST;
	}

	/**
	 * Something failed: waits, or ends early when the signal is given.
	 * @return false if it has failed for so long that trying again is no use
	 */
	public boolean pause(StopSignal stop) {
		if (!this.failing) {
			this.failing = true;
			this.since = System.nanoTime();
		}
		if (System.nanoTime() - this.since > this.patience.toNanos()) {
			return false;
		}
		stop.await(this.next);
		this.next = (this.next.compareTo(LONGEST) < 0) ? this.next.multipliedBy(2) : LONGEST;
		return true;
	}

}
