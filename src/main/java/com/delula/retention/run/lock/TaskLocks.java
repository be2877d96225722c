package com.delula.retention.run.lock;

import java.time.Duration;
import java.util.Optional;

import com.delula.retention.database.SqlFault;
import com.delula.retention.run.AlreadyRunningException;
import com.delula.retention.run.Run;
import com.delula.retention.run.StopSignal;
import com.delula.retention.run.history.RunHistory;
import net.javacrumbs.shedlock.core.ClockProvider;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.SimpleLock;
import net.javacrumbs.shedlock.support.StorageBasedLockProvider;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One lock per task over all instances: a ShedLock lease on the database's clock.
 */
public final class TaskLocks {

	/**
	 * How long a lock may be held by somebody who is just opening or closing a run before
	 * the caller is told that one is under way.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private static final Duration PAUSE = Duration.ofMillis(20);

	/**
	 * ShedLock's own way to extend gives up a lock when its row is contended for a
	 * moment, and does not take back one that has lapsed.
	 */
	private static final String PROLONG = """
			UPDATE retention_lock
			SET lock_until = clock_timestamp() AT TIME ZONE 'UTC' + make_interval(secs => :lease)
			WHERE name = :task AND locked_by = :owner AND locked_at = CAST(:since AS timestamp)
			""";

	private static final String FREE = """
			UPDATE retention_lock
			SET lock_until = clock_timestamp() AT TIME ZONE 'UTC'
			WHERE name = :task AND locked_by = :owner AND locked_at = CAST(:since AS timestamp)
			""";

	private static final String SINCE = """
			SELECT CAST(locked_at AS text) FROM retention_lock WHERE name = :task AND locked_by = :owner
			""";

	private static final String EXISTS = "SELECT EXISTS (SELECT FROM retention_lock WHERE name = :task)";

	private final StorageBasedLockProvider provider;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final String owner;

	private final Duration lease;

	TaskLocks(StorageBasedLockProvider provider, JdbcClient jdbc, TransactionTemplate transaction, String owner,
			Duration lease) {
		this.provider = provider;
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.owner = owner;
		this.lease = lease;
	}

	/** Takes the task's lock; empty if somebody holds it. */
	public Optional<TaskLease> acquire(String task) {
		return lock(task).flatMap((lock) -> lease(task, lock));
	}

	/**
	 * Takes the task's lock, however busy those who just open or close a run are.
	 * @throws AlreadyRunningException if a run of the task is under way
	 */
	public TaskLease acquireOrRefuse(String task, RunHistory history) {
		long since = System.nanoTime();
		while (true) {
			Optional<TaskLease> lease = acquire(task);
			if (lease.isPresent()) {
				return lease.get();
			}
			Optional<Run> other = history.running(task);
			if (other.isPresent() || System.nanoTime() - since > PATIENCE.toNanos()) {
				throw new AlreadyRunningException(task, other.map(Run::id).orElse(null));
			}
			new StopSignal().await(PAUSE);
		}
	}

	/** Since when it is held tells the leases of this process apart. */
	private Optional<TaskLease> lease(String task, SimpleLock lock) {
		try {
			return this.jdbc.sql(SINCE)
				.param("task", task)
				.param("owner", this.owner)
				.query(String.class)
				.optional()
				.map((since) -> new TaskLease(this, task, since));
		}
		catch (RuntimeException ex) {
			lock.unlock();
			throw ex;
		}
	}

	/**
	 * Takes the lease; empty if somebody holds it, or holds its row inside a transaction
	 * that goes on, as the function in the database does.
	 */
	private Optional<SimpleLock> lock(String task) {
		LockConfiguration lock = new LockConfiguration(ClockProvider.now(), task, this.lease, Duration.ZERO);
		try {
			Optional<SimpleLock> taken = this.provider.lock(lock);
			if (taken.isPresent() || this.jdbc.sql(EXISTS).param("task", task).query(Boolean.class).single()) {
				return taken;
			}
			// Somebody has tidied up the table; ShedLock believes the row to be there.
			this.provider.clearCache();
			return this.provider.lock(lock);
		}
		catch (RuntimeException ex) {
			if (SqlFault.of(ex) == SqlFault.CONTENTION) {
				return Optional.empty();
			}
			throw ex;
		}
	}

	/** Prolongs a lock of this process; false if it was taken since. */
	boolean prolong(String task, String since) {
		return Boolean.TRUE.equals(this.transaction.execute((tx) -> this.jdbc.sql(PROLONG)
			.param("task", task)
			.param("owner", this.owner)
			.param("since", since)
			.param("lease", this.lease.toMillis() / 1000.0)
			.update() == 1));
	}

	/** Frees a lock of this process, unless it was taken since. */
	void free(String task, String since) {
		this.transaction.executeWithoutResult((tx) -> this.jdbc.sql(FREE)
			.param("task", task)
			.param("owner", this.owner)
			.param("since", since)
			.update());
	}

}
