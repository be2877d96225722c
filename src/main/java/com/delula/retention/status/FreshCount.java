package com.delula.retention.status;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Shares one expensive count among all callers. Never more than one is under way; its
 * answer is handed out until it is five seconds old, and while somebody asks the next one
 * is begun early enough that nobody has to wait for it.
 *
 * @param <T> the answer
 */
public final class FreshCount<T> {

	/** The contract's limit for the age of a status. */
	private static final Duration MAX_AGE = Duration.ofSeconds(5);

	/** How long an answer is left alone, where the count is quick. */
	private static final Duration REST = Duration.ofSeconds(3);

	private static final ReentrantLock TURN = new ReentrantLock(true);

	private final Supplier<T> count;

	private final LongSupplier nanoTime;

	private final ExecutorService executor;

	private @Nullable Answer<T> answer;

	private @Nullable CompletableFuture<Answer<T>> underway;

	private boolean underwayIsStale;

	public FreshCount(String name, Supplier<T> count) {
		this(count, System::nanoTime, Executors.newSingleThreadExecutor((task) -> {
			Thread thread = new Thread(task, name);
			thread.setDaemon(true);
			return thread;
		}));
	}

	FreshCount(Supplier<T> count, LongSupplier nanoTime, ExecutorService executor) {
		this.count = count;
		this.nanoTime = nanoTime;
		this.executor = executor;
	}

	/**
	 * An answer that is at most five seconds old, or was begun after this call.
	 * @throws RuntimeException whatever the count throws
	 */
	public T get() {
		CompletableFuture<Answer<T>> wanted;
		synchronized (this) {
			Answer<T> known = this.answer;
			if (known != null && age(known).compareTo(MAX_AGE) < 0) {
				if (age(known).compareTo(rest(known)) > 0) {
					begin();
				}
				return known.value();
			}
			wanted = begin();
		}
		return join(wanted).value();
	}

	/** Forgets the answer, and the one under way, because the rows have changed. */
	public synchronized void invalidate() {
		this.answer = null;
		this.underwayIsStale = this.underway != null;
	}

	private CompletableFuture<Answer<T>> begin() {
		CompletableFuture<Answer<T>> current = this.underway;
		if (current != null && !this.underwayIsStale) {
			return current;
		}
		this.underwayIsStale = false;
		CompletableFuture<Answer<T>> next = CompletableFuture.supplyAsync(this::count, this.executor);
		this.underway = next;
		next.whenComplete((counted, failure) -> settle(next, counted));
		return next;
	}

	private Answer<T> count() {
		long begun = this.nanoTime.getAsLong();
		T value = oneAtATime(this.count);
		return new Answer<>(value, begun, Duration.ofNanos(this.nanoTime.getAsLong() - begun));
	}

	/**
	 * Counts when no other count of this process is under way: many readers of a large
	 * table at a time would hurt its writers.
	 */
	public static <T> T oneAtATime(Supplier<T> count) {
		TURN.lock();
		try {
			return count.get();
		}
		finally {
			TURN.unlock();
		}
	}

	private synchronized void settle(CompletableFuture<Answer<T>> done, @Nullable Answer<T> counted) {
		if (this.underway != done) {
			return;
		}
		this.underway = null;
		if (counted != null && !this.underwayIsStale) {
			this.answer = counted;
		}
		this.underwayIsStale = false;
	}

	private Duration age(Answer<T> known) {
		return Duration.ofNanos(this.nanoTime.getAsLong() - known.begun());
	}

	/** The slower the count, the earlier the next one begins. */
	private static Duration rest(Answer<?> known) {
		Duration slack = MAX_AGE.minus(known.took().multipliedBy(2));
		return (slack.compareTo(REST) < 0) ? slack : REST;
	}

	private static <T> T join(CompletableFuture<T> future) {
		try {
			return future.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	private record Answer<T>(T value, long begun, Duration took) {

	}

}
