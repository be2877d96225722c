package com.delula.retention.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.delula.retention.run.Mode;
import com.delula.retention.support.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes that are killed at any moment of a run, as often as {@code -Dkills} says: the
 * counts are right at that instant and after it, and another instance closes and books
 * what was left.
 */
@Tag("slow")
class ManyKillsTests {

	private static final int KILLS = Integer.getInteger("kills", 20);

	/** Databases at a time, since most of a round is waiting. */
	private static final int LANES = Math.min(6, KILLS);

	/** With fewer it is chance how many of them are in a run. */
	private static final int MANY = 20;

	private static final int ROWS = 4_000;

	/** A process is there in about 2 s, and a run that nobody kills takes about 10. */
	private static final int LATEST_MILLIS = 6_000;

	private final AtomicInteger left = new AtomicInteger(KILLS);

	private final AtomicInteger inARun = new AtomicInteger();

	@Test
	void eachIsClosedAndBookedOnce() throws Exception {
		try (TestDatabase database = TestDatabase.started()) {
			Victim.prepare(database);
		}
		ExecutorService lanes = Executors.newFixedThreadPool(LANES);
		try {
			List<Future<?>> ended = new ArrayList<>();
			for (int lane = 0; lane < LANES; lane++) {
				Random random = new Random(lane);
				ended.add(lanes.submit(() -> {
					kill(random);
					return null;
				}));
			}
			for (Future<?> lane : ended) {
				lane.get();
			}
		}
		finally {
			lanes.shutdownNow();
			lanes.awaitTermination(1, TimeUnit.MINUTES);
		}
		System.out.println(KILLS + " processes killed, " + this.inARun + " of them in a run; 0 promises broken");
		assertThat(this.inARun.get()).isGreaterThan((KILLS < MANY) ? -1 : KILLS / 3);
	}

	private void kill(Random random) throws Exception {
		try (TestDatabase database = TestDatabase.started(); Service other = Service.start(database)) {
			Books books = new Books(database);
			while (this.left.getAndDecrement() > 0) {
				books.fill(Math.max(0, ROWS - (int) books.remaining()));
				Process victim = Victim.cleanUp(database);
				try {
					await(victim, database.jdbc(), random);
					books.assertCounted();
				}
				finally {
					victim.destroyForcibly().onExit().join();
				}
				books.assertCounted();
				if (running(database.jdbc())) {
					this.inARun.incrementAndGet();
				}
				Await.until("the run is closed", Duration.ofSeconds(60), () -> !running(database.jdbc()));
				books.assertBooked();
			}
			books.fill(ROWS);
			assertThat(other.run(Mode.REGULAR).run().rowsRemoved()).isPositive();
			books.assertBooked();
			assertThat(books.remaining()).isEqualTo(50);
		}
	}

	/** Any moment: so many rows of a run are gone, or so much time. */
	private static void await(Process victim, JdbcClient jdbc, Random random) throws InterruptedException {
		if (random.nextInt(4) == 0) {
			victim.waitFor(random.nextInt(LATEST_MILLIS), TimeUnit.MILLISECONDS);
			return;
		}
		long enough = 1 + random.nextInt(ROWS / 4);
		Await.until("rows are gone", Duration.ofSeconds(60), () -> !victim.isAlive() || removed(jdbc) >= enough);
	}

	private static long removed(JdbcClient jdbc) {
		return jdbc.sql("SELECT coalesce(max(rows_removed), 0) FROM retention_run WHERE status = 'running'")
			.query(Long.class)
			.single();
	}

	private static boolean running(JdbcClient jdbc) {
		return jdbc.sql("SELECT EXISTS (SELECT FROM retention_run WHERE status = 'running')")
			.query(Boolean.class)
			.single();
	}

}
