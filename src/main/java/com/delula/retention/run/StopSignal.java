package com.delula.retention.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Tells the workers of one run to end after their batch, and why. The first word holds.
 */
final class StopSignal {

	private final AtomicReference<@Nullable RunStatus> status = new AtomicReference<>();

	private final CountDownLatch given = new CountDownLatch(1);

	void give(RunStatus status) {
		this.status.compareAndSet(null, status);
		this.given.countDown();
	}

	/** The status with which the run is to end; null while it is to go on. */
	@Nullable RunStatus status() {
		return this.status.get();
	}

	boolean isGiven() {
		return this.status.get() != null;
	}

	/** Waits until the signal is given, but not longer than the time. */
	void await(Duration time) {
		try {
			this.given.await(time.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			give(RunStatus.INTERRUPTED);
			Thread.currentThread().interrupt();
		}
	}

}
