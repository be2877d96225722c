package com.delula.retention.installation;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets one instance at a time build indexes, by a row that it prolongs while it does. An
 * advisory lock would need a session or a transaction that stays open for hours.
 */
final class BuildLease {

	private static final Logger log = LoggerFactory.getLogger(BuildLease.class);

	/** So long after an instance died another one takes over. */
	private static final Duration LEASE = Duration.ofMinutes(1);

	private static final Duration RENEWAL = LEASE.dividedBy(4);

	private static final String NAME = "index-build";

	private static final String TAKE = """
			INSERT INTO retention_lock AS l (name, lock_until, locked_at, locked_by)
			VALUES (:name, clock_timestamp() AT TIME ZONE 'UTC' + make_interval(secs => :lease),
				clock_timestamp() AT TIME ZONE 'UTC', :owner)
			ON CONFLICT (name) DO UPDATE
			SET lock_until = excluded.lock_until, locked_at = excluded.locked_at, locked_by = excluded.locked_by
			WHERE l.locked_by = :owner OR l.lock_until < clock_timestamp() AT TIME ZONE 'UTC'
			""";

	private static final String FREE = "DELETE FROM retention_lock WHERE name = :name AND locked_by = :owner";

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final String owner;

	BuildLease(JdbcClient jdbc, TransactionTemplate transaction, String owner) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.owner = owner;
	}

	/**
	 * Does something while no other instance does.
	 * @return whether it was done
	 */
	boolean hold(Runnable action) {
		if (!take()) {
			return false;
		}
		ScheduledExecutorService renewal = Executors
			.newSingleThreadScheduledExecutor(new CustomizableThreadFactory("index-lease-"));
		try {
			renewal.scheduleWithFixedDelay(this::renew, RENEWAL.toMillis(), RENEWAL.toMillis(), TimeUnit.MILLISECONDS);
			action.run();
			return true;
		}
		finally {
			renewal.shutdownNow();
			free();
		}
	}

	private boolean take() {
		return Boolean.TRUE.equals(this.transaction.execute((tx) -> this.jdbc.sql(TAKE)
			.param("name", NAME)
			.param("owner", this.owner)
			.param("lease", LEASE.toSeconds())
			.update() == 1));
	}

	/** One that cannot be renewed runs out; see {@link IndexBuilder} for what then. */
	private void renew() {
		try {
			take();
		}
		catch (RuntimeException ex) {
			log.debug("The lease of the index builds could not be renewed", ex);
		}
	}

	private void free() {
		try {
			this.transaction
				.execute((tx) -> this.jdbc.sql(FREE).param("name", NAME).param("owner", this.owner).update());
		}
		catch (RuntimeException ex) {
			log.debug("The lease of the index builds could not be freed and runs out", ex);
		}
	}

}
