package com.delula.retention.status;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Shares one expensive count among all callers. Never more than one is under way; its
 * answer is handed out until it is five seconds old or a run has ended on any instance.
 * While many ask, the next one is begun early enough that nobody has to wait for it.
 *
 * @param <T> the answer
 */
public final class FreshCount<T> {

	/** The contract's limit for the age of a status. */
	private static final Duration MAX_AGE = Duration.ofSeconds(5);

	/** How long an answer is left alone, where the count is quick. */
	private static final Duration REST = Duration.ofSeconds(3);

	/**
	 * Callers of one answer of whom some would wait for the next; with fewer, the next is
	 * counted ahead only as often as one that nobody waits for.
	 */
	private static final int MANY = 50;

	/** The share of the time that such a count may take, inverted. */
	private static final int TENTH = 10;

	private final Supplier<Counted<T>> count;

	private final Supplier<@Nullable String> lastRun;

	private final Rest rest;

	private final LongSupplier nanoTime;

	private final ExecutorService executor;

	private @Nullable Answer<T> answer;

	private int callers;

	private @Nullable CompletableFuture<Answer<T>> underway;

	private boolean underwayIsStale;

	FreshCount(String name, Supplier<Counted<T>> count, Supplier<@Nullable String> lastRun, Rest rest) {
		this(count, lastRun, rest, System::nanoTime, Executors.newSingleThreadExecutor((task) -> {
			Thread thread = new Thread(task, name);
			thread.setDaemon(true);
			return thread;
		}));
	}

	FreshCount(Supplier<Counted<T>> count, Supplier<@Nullable String> lastRun, Rest rest, LongSupplier nanoTime,
			ExecutorService executor) {
		this.count = count;
		this.lastRun = lastRun;
		this.rest = rest;
		this.nanoTime = nanoTime;
		this.executor = executor;
	}

	/**
	 * An answer that is at most five seconds old, or was begun after this call, and that
	 * knows of every run that had ended before this call.
	 * @throws RuntimeException whatever the count throws
	 */
	public T get() {
		long asked = this.nanoTime.getAsLong();
		String run = this.lastRun.get();
		CompletableFuture<Answer<T>> wanted;
		synchronized (this) {
			Answer<T> known = this.answer;
			if (known != null && known.knows(run) && age(known).compareTo(MAX_AGE) < 0) {
				this.callers++;
				countAhead(known);
				return known.value();
			}
			wanted = begin();
		}
		Answer<T> counted = join(wanted);
		while (!counted.knows(run) && counted.begun() - asked < 0) {
			counted = join(begin());
		}
		return counted.value();
	}

	/** Forgets the answer, and the one under way, because the rows have changed. */
	public synchronized void invalidate() {
		this.answer = null;
		this.underwayIsStale = this.underway != null;
	}

	private void countAhead(Answer<T> known) {
		if (this.underway != null || age(known).compareTo(rest(known)) <= 0) {
			return;
		}
		if (this.callers >= MANY) {
			begin();
			return;
		}
		if (age(known).compareTo(known.took().multipliedBy(TENTH)) > 0 && this.rest.tryBegin()) {
			long begun = this.nanoTime.getAsLong();
			begin().whenComplete((counted, failure) -> this.rest.end(this.nanoTime.getAsLong() - begun));
		}
	}

	private synchronized CompletableFuture<Answer<T>> begin() {
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
		Counted<T> counted = this.count.get();
		return new Answer<>(counted.value(), counted.lastRun(), begun,
				Duration.ofNanos(this.nanoTime.getAsLong() - begun));
	}

	private synchronized void settle(CompletableFuture<Answer<T>> done, @Nullable Answer<T> counted) {
		if (this.underway != done) {
			return;
		}
		this.underway = null;
		if (counted != null && !this.underwayIsStale) {
			this.answer = counted;
			this.callers = 0;
		}
		this.underwayIsStale = false;
	}

	private Duration age(Answer<T> known) {
		return Duration.ofNanos(this.nanoTime.getAsLong() - known.begun());
	}

	/**
	 * The slower the count, the earlier the next one begins; but not before as much time
	 * has passed as it took.
	 */
	private static Duration rest(Answer<?> known) {
		Duration twice = known.took().multipliedBy(2);
		Duration slack = MAX_AGE.minus(twice);
		Duration early = (slack.compareTo(REST) < 0) ? slack : REST;
		return (early.compareTo(twice) < 0) ? twice : early;
	}

	private static <T> T join(CompletableFuture<T> future) {
		try {
			return future.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	private record Answer<T>(T value, @Nullable String lastRun, long begun, Duration took) {

		boolean knows(@Nullable String run) {
			return Objects.equals(this.lastRun, run);
		}

	}

}
