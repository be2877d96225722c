package com.delula.retention.status;

import java.util.concurrent.TimeUnit;

/**
 * Keeps the counts that nobody waits for to a tenth of the time: after each, none begins
 * for nine times as long as it took.
 */
final class Rest {

	private static final int TIMES = 9;

	/** Its end wakes waiting threads; this is for one that never ends. */
	private static final long UNDERWAY = TimeUnit.SECONDS.toNanos(10);

	private long until = System.nanoTime();

	private boolean underway;

	private int waiting;

	/** Begins a count if that is possible now; those that wait for it come first. */
	synchronized boolean tryBegin() {
		if (this.underway || this.waiting > 0 || this.until - System.nanoTime() > 0) {
			return false;
		}
		this.underway = true;
		return true;
	}

	/** Waits until a count may begin, and begins it. */
	synchronized void begin() throws InterruptedException {
		this.waiting++;
		try {
			for (long left = left(); this.underway || left > 0; left = left()) {
				TimeUnit.NANOSECONDS.timedWait(this, this.underway ? UNDERWAY : left);
			}
			this.underway = true;
		}
		finally {
			this.waiting--;
		}
	}

	private long left() {
		return this.until - System.nanoTime();
	}

	/** Ends a count that took so many nanoseconds. */
	synchronized void end(long took) {
		this.underway = false;
		this.until = System.nanoTime() + TIMES * took;
		notifyAll();
	}

}
