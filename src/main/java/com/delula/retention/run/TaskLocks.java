package com.delula.retention.run;

import java.time.Duration;
import java.util.Optional;

import net.javacrumbs.shedlock.core.ClockProvider;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.core.SimpleLock;

/**
 * One lock per task over all instances: a ShedLock lease on the database's clock.
 */
final class TaskLocks {

	private final LockProvider provider;

	private final Duration lease;

	TaskLocks(LockProvider provider, Duration lease) {
		this.provider = provider;
		this.lease = lease;
	}

	/** Takes the task's lock; empty if somebody holds it. */
	Optional<TaskLease> acquire(String task) {
		return lock(task).map((lock) -> new TaskLease(this, task, lock));
	}

	Optional<SimpleLock> lock(String task) {
		return this.provider.lock(new LockConfiguration(ClockProvider.now(), task, this.lease, Duration.ZERO));
	}

	Optional<SimpleLock> extend(SimpleLock lock) {
		return lock.extend(this.lease, Duration.ZERO);
	}

}
