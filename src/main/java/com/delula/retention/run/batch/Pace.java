package com.delula.retention.run.batch;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * Leaves the database time for others: after each batch a pause in proportion to the time
 * that it took to find and remove its rows, jittered so that instances do not fall into
 * step. The duty cycle is the most that a run takes; beside others it takes less, and
 * less again while its own batches take longer than they could, because then those of
 * others do too. Below full speed the workers of a run take turns, so that they keep to
 * their share together, and leave each other's processors to live statements.
 */
public final class Pace {

	/** A pause varies by this share to either side; its mean keeps the duty cycle. */
	private static final double JITTER = 0.2;

	/** Transactions a second from which on others count as being at work. */
	private static final double OTHERS = 10;

	/**
	 * How much of the duty cycle a run takes beside others. With 150 live transactions a
	 * second, a quarter of the time left their p99 as it was; half raised it by half.
	 */
	private static final double BESIDE_OTHERS = 0.5;

	/** A run goes on even where it cannot but be felt. */
	private static final double LEAST = 0.25;

	/**
	 * Batches that take so many times as long as the best are felt by others. By
	 * themselves the medians of a second differ by half.
	 */
	private static final double SLOWER = 2;

	private final RandomGenerator random;

	private final ReentrantLock turn = new ReentrantLock(true);

	private volatile double dutyCycle;

	private volatile double eased = BESIDE_OTHERS;

	private double best = Double.POSITIVE_INFINITY;

	public Pace(double dutyCycle, RandomGenerator random) {
		this.dutyCycle = dutyCycle;
		this.random = random;
	}

	/** Changes the pace while the run goes on. */
	public void change(double dutyCycle) {
		this.dutyCycle = dutyCycle;
	}

	/** Whether the run leaves nothing to others. */
	public boolean isFullSpeed() {
		return this.dutyCycle >= 1;
	}

	/** Waits for the worker's turn; at full speed it is everybody's. */
	public void begin() {
		if (!isFullSpeed()) {
			this.turn.lock();
		}
	}

	/**
	 * Whether it is the worker's turn and nobody else's; not where the run has been
	 * slowed down since it began.
	 */
	public boolean hasTurn() {
		return this.turn.isHeldByCurrentThread();
	}

	/** Ends the worker's turn, its pause included. */
	public void end() {
		if (hasTurn()) {
			this.turn.unlock();
		}
	}

	/** How long to pause after work, as a multiple of its time. */
	public double pause() {
		if (isFullSpeed()) {
			return 0;
		}
		double share = this.dutyCycle * this.eased;
		return (1 - share) / share;
	}

	/**
	 * How long to pause after work that took this long.
	 * @param share the share of it, 0 to 1, that is to be paid for
	 */
	public Duration pauseAfter(Duration work, double share) {
		double jitter = 1 + JITTER * (2 * this.random.nextDouble() - 1);
		return Duration.ofNanos((long) (work.toNanos() * share * pause() * jitter));
	}

	/**
	 * Heeds what was felt of others.
	 * @param perRow how long a row took
	 * @param othersPerSecond how many transactions others had
	 */
	public synchronized void heed(double perRow, double othersPerSecond) {
		// Rows of another part of the table may take longer by themselves.
		this.best = Math.min(perRow, this.best * 1.02);
		double most = (othersPerSecond < OTHERS) ? 1 : BESIDE_OTHERS;
		this.eased = (perRow > SLOWER * this.best) ? Math.max(LEAST, this.eased * 0.8)
				: Math.min(most, this.eased * 1.1);
	}

}
