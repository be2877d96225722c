package com.delula.retention.installation;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import com.delula.retention.database.SqlFault;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Builds missing indexes in the background, so that the service is ready before they are.
 * What could not be built because somebody was in the way is tried again.
 */
final class IndexBuilds implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(IndexBuilds.class);

	private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);

	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

	/** A cancelled build ends within milliseconds, unless the server is away. */
	private static final Duration STOPPING_PATIENCE = Duration.ofSeconds(10);

	private final DataSource dataSource;

	private final MissingIndexes missing;

	private final BuildLease lease;

	private final Duration patience;

	private final CountDownLatch tried = new CountDownLatch(1);

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final Thread thread = new Thread(this::run, "index-builds");

	private volatile @Nullable IndexSession session;

	/**
	 * Builds indexes.
	 * @param dataSource that of the migrations, whose role may be another
	 * @param patience how long the start waits for them
	 */
	IndexBuilds(DataSource dataSource, MissingIndexes missing, BuildLease lease, Duration patience) {
		this.dataSource = dataSource;
		this.missing = missing;
		this.lease = lease;
		this.patience = patience;
		this.thread.setDaemon(true);
	}

	@Override
	public void start() {
		this.thread.start();
		await(this.tried, this.patience);
	}

	private void run() {
		Duration pause = FIRST_PAUSE;
		while (isRunning() && !isDone()) {
			this.tried.countDown();
			await(this.stopped, pause);
			pause = pause.multipliedBy(2);
			pause = (pause.compareTo(LONGEST_PAUSE) < 0) ? pause : LONGEST_PAUSE;
		}
		this.tried.countDown();
	}

	/** Looks once, and builds what is missing. */
	private boolean isDone() {
		try {
			List<RequiredIndex> indexes = this.missing.all();
			if (indexes.isEmpty()) {
				return true;
			}
			boolean[] done = { false };
			if (!this.lease.hold(() -> done[0] = build(indexes))) {
				log.info("Another instance is building the indexes");
			}
			return done[0];
		}
		catch (RuntimeException ex) {
			log.warn("Missing indexes cannot be built now. Retrying: {}", SqlFault.reason(ex));
			return false;
		}
	}

	private boolean build(List<RequiredIndex> indexes) {
		try (IndexSession opened = IndexSession.open(this.dataSource)) {
			this.session = opened;
			IndexBuilder builder = new IndexBuilder(opened);
			boolean done = true;
			for (RequiredIndex index : indexes) {
				done &= !isRunning() || builder.build(index);
			}
			return done;
		}
		catch (SQLException ex) {
			log.warn("Missing indexes cannot be built now. Retrying: {}", SqlFault.reason(ex));
			return false;
		}
		finally {
			this.session = null;
		}
	}

	/** Ends a build that is under way; the next start builds its index anew. */
	@Override
	public void stop() {
		this.stopped.countDown();
		IndexSession building = this.session;
		if (building != null) {
			building.interrupt();
		}
		join();
	}

	private void join() {
		try {
			this.thread.join(STOPPING_PATIENCE.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void await(CountDownLatch latch, Duration patience) {
		try {
			latch.await(patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.thread.isAlive() && this.stopped.getCount() > 0;
	}

	/** Before the first door opens, and after the last has closed. */
	@Override
	public int getPhase() {
		return 0;
	}

}
