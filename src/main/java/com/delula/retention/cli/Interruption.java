package com.delula.retention.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether a person has ended what repeats until then. */
final class Interruption {

	private final CountDownLatch given = new CountDownLatch(1);

	/** Ends what repeats. */
	void give() {
		this.given.countDown();
	}

	/**
	 * Waits until it is time to look again.
	 * @return whether to; false once it has been given
	 */
	boolean pause(Duration time) {
		try {
			return !this.given.await(time.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
