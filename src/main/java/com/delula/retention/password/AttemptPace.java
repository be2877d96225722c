package com.delula.retention.password;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Decides when the next password of a user from a source may be checked. The first wrong
 * ones cost nothing; after them, attempts take turns whose distance grows to
 * {@link #SLOWEST}. Nobody is ever locked out: the right password is let in at its turn,
 * and at once from any other source.
 */
final class AttemptPace {

	/** Wrong passwords that cost nothing: people mistype. */
	static final int FREE = 10;

	/** Distance of the first two turns; it doubles with each wrong password. */
	static final Duration FIRST = Duration.ofMillis(100);

	/** Some 40,000 guesses a day: nothing for a random password of eight characters. */
	static final Duration SLOWEST = Duration.ofSeconds(2);

	/** A turn that is further away than this is refused rather than waited for. */
	static final Duration PATIENCE = Duration.ofSeconds(4);

	/** After this time without a wrong password all is forgotten. */
	static final Duration MEMORY = Duration.ofMinutes(15);

	/** Some 2 MB. Making the service forget takes as many attempts. */
	static final int MOST = 10_000;

	private final LongSupplier nanos;

	private final Map<Key, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<Key, Failures> eldest) {
			return size() > MOST;
		}

	};

	/**
	 * A pace for all users and sources.
	 * @param nanos a clock that never goes back, as {@link System#nanoTime()}
	 */
	AttemptPace(LongSupplier nanos) {
		this.nanos = nanos;
	}

	/**
	 * Takes a turn.
	 * @return how long to wait for it
	 * @throws TooManyAttemptsException if the turns of the next seconds are taken
	 */
	synchronized Duration takeTurn(Key key) {
		long now = this.nanos.getAsLong();
		Failures known = known(key, now);
		if (known == null || known.count() < FREE) {
			return Duration.ZERO;
		}
		Duration wait = Duration.ofNanos(Math.max(0, known.nextTurn() - now));
		if (wait.compareTo(PATIENCE) > 0) {
			throw new TooManyAttemptsException(wait);
		}
		this.failures.put(key, known.turnTaken(now));
		return wait;
	}

	/**
	 * Counts a wrong password.
	 * @return how many there have been
	 */
	synchronized int failed(Key key) {
		long now = this.nanos.getAsLong();
		Failures known = known(key, now);
		Failures more = (known != null) ? known.oneMore(now) : new Failures(1, now, now);
		this.failures.put(key, more);
		return more.count();
	}

	/** Forgets the wrong passwords of a user who has given the right one. */
	synchronized void succeeded(Key key) {
		this.failures.remove(key);
	}

	synchronized int size() {
		return this.failures.size();
	}

	private @Nullable Failures known(Key key, long now) {
		Failures known = this.failures.get(key);
		if (known != null && now - known.last() > MEMORY.toNanos()) {
			this.failures.remove(key);
			return null;
		}
		return known;
	}

	private static long distance(int failures) {
		int doublings = Math.min(Math.max(0, failures - FREE), 10);
		return Math.min(FIRST.toNanos() << doublings, SLOWEST.toNanos());
	}

	/**
	 * Who tries, and from where.
	 *
	 * @param user the name that was given, known or not
	 * @param source the address
	 */
	record Key(String user, String source) {

		private static final int LONGEST = 100;

		Key {
			user = user.substring(0, Math.min(user.length(), LONGEST));
		}

	}

	/**
	 * What is remembered of a user and source.
	 *
	 * @param count the wrong passwords so far
	 * @param last when the last one was
	 * @param nextTurn when the next one may be checked
	 */
	private record Failures(int count, long last, long nextTurn) {

		Failures oneMore(long now) {
			return new Failures(this.count + 1, now, Math.max(this.nextTurn, now + distance(this.count + 1)));
		}

		Failures turnTaken(long now) {
			return new Failures(this.count, this.last, Math.max(this.nextTurn, now) + distance(this.count));
		}

	}

}
