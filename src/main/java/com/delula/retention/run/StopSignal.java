package com.delula.retention.run;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Tells the workers of one run to end after their batch, and why. The first word holds.
 */
public final class StopSignal {

	private final AtomicReference<@Nullable RunStatus> status = new AtomicReference<>();

	private final CompletableFuture<Void> given = new CompletableFuture<>();

	/** Has the run end with this status; the first one counts. */
	public void give(RunStatus status) {
		this.status.compareAndSet(null, status);
		this.given.complete(null);
	}

	/**
	 * Runs the action asynchronously once the signal is given, or now if it has been.
	 * @return cancel it when it is no longer wanted
	 */
	public Future<?> whenGiven(Runnable action) {
		return this.given.thenRunAsync(action);
	}

	/** The status with which the run is to end; null while it is to go on. */
	public @Nullable RunStatus status() {
		return this.status.get();
	}

	/** Whether the run is to end. */
	public boolean isGiven() {
		return this.status.get() != null;
	}

	/** Waits until the signal is given, but not longer than the time. */
	public void await(Duration time) {
		try {
			this.given.get(time.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			return;
		}
		catch (InterruptedException ex) {
			give(RunStatus.INTERRUPTED);
			Thread.currentThread().interrupt();
		}
	}

}
