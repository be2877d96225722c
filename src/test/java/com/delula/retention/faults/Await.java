package com.delula.retention.faults;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something to come true, for a bounded time. */
final class Await {

	private static final Duration PERIOD = Duration.ofMillis(20);

	private Await() {
	}

	static void until(String what, Duration patience, BooleanSupplier condition) {
		long deadline = System.nanoTime() + patience.toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - deadline > 0) {
				throw new AssertionError("Not within " + patience + ": " + what);
			}
			LockSupport.parkNanos(PERIOD.toNanos());
		}
	}

}
