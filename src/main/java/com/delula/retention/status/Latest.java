package com.delula.retention.status;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Shares a cheap look among callers that come at the same time. Each gets the answer of a
 * look that was begun after it asked, so that nobody is told what was true before.
 */
final class Latest {

	private final ReentrantLock turn = new ReentrantLock();

	private final AtomicLong begun = new AtomicLong();

	private final Supplier<@Nullable String> look;

	private long answered;

	private @Nullable String answer;

	private @Nullable RuntimeException failure;

	Latest(Supplier<@Nullable String> look) {
		this.look = look;
	}

	/**
	 * What is true now.
	 * @throws RuntimeException whatever the look throws
	 */
	@Nullable String get() {
		long before = this.begun.get();
		this.turn.lock();
		try {
			if (this.answered <= before) {
				look();
			}
			if (this.failure != null) {
				throw this.failure;
			}
			return this.answer;
		}
		finally {
			this.turn.unlock();
		}
	}

	private void look() {
		long number = this.begun.incrementAndGet();
		this.failure = null;
		try {
			this.answer = this.look.get();
		}
		catch (RuntimeException ex) {
			this.failure = ex;
		}
		this.answered = number;
	}

}
