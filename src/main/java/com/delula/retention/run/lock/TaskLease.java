package com.delula.retention.run.lock;

/**
 * A held lock. It lapses unless it is renewed, so that a dead owner frees it; what a late
 * owner still does is undone by the fence of {@code RunLog.count}.
 */
public final class TaskLease {

	private final TaskLocks locks;

	private final String task;

	private final String since;

	private boolean released;

	TaskLease(TaskLocks locks, String task, String since) {
		this.locks = locks;
		this.task = task;
		this.since = since;
	}

	/**
	 * Prolongs the lock, also one that has lapsed unless somebody took it.
	 * @return whether it is held
	 */
	public synchronized boolean renew() {
		return !this.released && this.locks.prolong(this.task, this.since);
	}

	/** Frees the lock, if it is still held, for good: a late renewal does not take it. */
	synchronized void release() {
		this.released = true;
		this.locks.free(this.task, this.since);
	}

}
