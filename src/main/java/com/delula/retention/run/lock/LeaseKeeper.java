package com.delula.retention.run.lock;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import com.delula.retention.database.SqlFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.delula.retention.run.DaemonThreads;

/** Renews the leases of live runs, three times as often as they lapse. */
public final class LeaseKeeper {

	private static final Logger log = LoggerFactory.getLogger(LeaseKeeper.class);

	/** Two threads, so that a renewal that hangs does not hold up another task's. */
	private final ScheduledExecutorService clock;

	private final Duration period;

	public LeaseKeeper(Duration lease) {
		this.clock = Executors.newScheduledThreadPool(2, DaemonThreads.named("keep-alive-"));
		this.period = lease.dividedBy(3);
	}

	/**
	 * Renews a lease until the answer is cancelled.
	 * @param look done after each renewal
	 */
	public ScheduledFuture<?> keep(UUID run, TaskLease lease, Runnable look) {
		return this.clock.scheduleWithFixedDelay(() -> renew(run, lease, look), this.period.toMillis(),
				this.period.toMillis(), TimeUnit.MILLISECONDS);
	}

	/** Frees a lease; one that cannot be freed lapses. */
	public void release(TaskLease lease) {
		try {
			lease.release();
		}
		catch (RuntimeException ex) {
			log.warn("A lock could not be freed and expires: {}", SqlFault.reason(ex));
		}
	}

	/** Renews no lease any more. */
	public void shutdown() {
		this.clock.shutdownNow();
	}

	private void renew(UUID run, TaskLease lease, Runnable look) {
		try {
			if (!lease.renew()) {
				log.warn("The lock of run {} has passed to another run", run);
			}
			look.run();
		}
		catch (RuntimeException ex) {
			log.warn("The lock of run {} could not be renewed: {}", run, SqlFault.reason(ex));
		}
	}

}
