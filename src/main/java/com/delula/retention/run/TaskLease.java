package com.delula.retention.run;

import java.util.Optional;

import net.javacrumbs.shedlock.core.SimpleLock;
import org.jspecify.annotations.Nullable;

/**
 * A held lock. It lapses unless it is renewed, so that a dead owner frees it; what a late
 * owner still does is undone by the fence in {@link RunLog#count}.
 */
final class TaskLease {

	private final TaskLocks locks;

	private final String task;

	private @Nullable SimpleLock lock;

	private boolean released;

	TaskLease(TaskLocks locks, String task, SimpleLock lock) {
		this.locks = locks;
		this.task = task;
		this.lock = lock;
	}

	/**
	 * Prolongs the lock or, where it has lapsed and nobody took it, takes it again.
	 * @return whether it is held
	 */
	synchronized boolean renew() {
		if (this.released) {
			return false;
		}
		Optional<SimpleLock> renewed = Optional.ofNullable(this.lock).flatMap(this.locks::extend);
		this.lock = renewed.or(() -> this.locks.lock(this.task)).orElse(null);
		return this.lock != null;
	}

	/**
	 * Frees the lock, if it is still held, for good: a late renewal does not take it
	 * again.
	 */
	synchronized void release() {
		this.released = true;
		if (this.lock != null) {
			this.lock.unlock();
			this.lock = null;
		}
	}

}
