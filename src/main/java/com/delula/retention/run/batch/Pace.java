package com.delula.retention.run.batch;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * Leaves the database time for others: after each batch a pause in proportion to the time
 * that it took to find and remove its rows, jittered so that instances do not fall into
 * step. Below full speed the workers of a run take turns, so that they keep to their
 * share together, and leave each other's processors to live statements.
 */
public final class Pace {

	/** A pause varies by this share to either side; its mean keeps the duty cycle. */
	private static final double JITTER = 0.2;

	private volatile double dutyCycle;

	private final RandomGenerator random;

	private final ReentrantLock turn = new ReentrantLock(true);

	public Pace(double dutyCycle, RandomGenerator random) {
		this.dutyCycle = dutyCycle;
		this.random = random;
	}

	/** Changes the pace while the run goes on. */
	public void change(double dutyCycle) {
		this.dutyCycle = dutyCycle;
	}

	public boolean isFullSpeed() {
		return this.dutyCycle >= 1;
	}

	/** Waits for the worker's turn; at full speed it is everybody's. */
	public void begin() {
		if (!isFullSpeed()) {
			this.turn.lock();
		}
	}

	/** Ends the worker's turn, its pause included. */
	public void end() {
		if (this.turn.isHeldByCurrentThread()) {
			this.turn.unlock();
		}
	}

	/**
	 * How long to pause after work that took this long.
	 * @param share the share of it, 0 to 1, that is to be paid for
	 */
	public Duration pauseAfter(Duration work, double share) {
		double cycle = this.dutyCycle;
		if (cycle >= 1) {
			return Duration.ZERO;
		}
		double pause = work.toNanos() * share * (1 - cycle) / cycle;
		double jitter = 1 + JITTER * (2 * this.random.nextDouble() - 1);
		return Duration.ofNanos((long) (pause * jitter));
	}

}
