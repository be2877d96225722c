package com.delula.retention.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
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
 * Processes that are killed or stopped past their lease at any moment of a run, as often
 * as {@code -Dkills} and {@code -Dstops} say: the counts are right at that instant and
 * after it, another instance closes and books what was left, and who wakes up later
 * removes nothing more.
 */
@Tag("slow")
class ManyFaultsTests {

	private static final int KILLS = Integer.getInteger("kills", 20);

	private static final int STOPS = Integer.getInteger("stops", 5);

	/** Databases at a time, since most of a round is waiting. */
	private static final int LANES = Math.min(6, KILLS + STOPS);

	/** With fewer it is chance how many of them are in a run. */
	private static final int MANY = 20;

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int ROWS = 4_000;

	/** A process is there in about 2 s, and a run that nobody kills takes about 10. */
	private static final int LATEST_MILLIS = 6_000;

	private enum Fault {

		KILL, STOP

	}

	private final Queue<Fault> faults = faults();

	private final Map<Fault, AtomicInteger> inARun = Map.of(Fault.KILL, new AtomicInteger(), Fault.STOP,
			new AtomicInteger());

	private static Queue<Fault> faults() {
		List<Fault> faults = new ArrayList<>(Collections.nCopies(KILLS, Fault.KILL));
		faults.addAll(Collections.nCopies(STOPS, Fault.STOP));
		Collections.shuffle(faults, new Random(0));
		return new ConcurrentLinkedQueue<>(faults);
	}

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
					lane(random);
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
		System.out.println(
				"%d processes killed, %s of them in a run; %d stopped past their lease, %s in a run; 0 promises broken"
					.formatted(KILLS, this.inARun.get(Fault.KILL), STOPS, this.inARun.get(Fault.STOP)));
		assertThat(this.inARun.get(Fault.KILL).get()).isGreaterThan((KILLS < MANY) ? -1 : KILLS / 3);
	}

	private void lane(Random random) throws Exception {
		try (TestDatabase database = TestDatabase.started(); Service other = start(database)) {
			Books books = new Books(database);
			for (Fault fault = this.faults.poll(); fault != null; fault = this.faults.poll()) {
				books.fill(Math.max(0, ROWS - (int) books.remaining()));
				Process victim = Victim.cleanUp(database);
				try {
					await(victim, database.jdbc(), random);
					books.assertCounted();
					if (fault == Fault.STOP) {
						stop(victim, books, database.jdbc());
					}
				}
				finally {
					victim.destroyForcibly().onExit().join();
				}
				books.assertCounted();
				if (running(database.jdbc())) {
					this.inARun.get(fault).incrementAndGet();
				}
				Await.until("the run is closed", PATIENCE, () -> !running(database.jdbc()));
				books.assertBooked();
			}
			books.fill(ROWS);
			assertThat(other.run(Mode.REGULAR).run().rowsRemoved()).isPositive();
			books.assertBooked();
			assertThat(books.remaining()).isEqualTo(50);
		}
	}

	/** One after another: each sets up the logging of this JVM. */
	private static synchronized Service start(TestDatabase database) {
		return Service.start(database);
	}

	/** Past its lease, after which it wakes up and finds its run closed. */
	private void stop(Process victim, Books books, JdbcClient jdbc) throws Exception {
		ServiceProcess.signal("STOP", victim.pid());
		if (!running(jdbc)) {
			return;
		}
		Await.until("the run is closed", PATIENCE, () -> !running(jdbc));
		long remaining = books.remaining();
		ServiceProcess.signal("CONT", victim.pid());
		assertThat(victim.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("ends when it has lost its run").isTrue();
		assertThat(books.remaining()).isEqualTo(remaining);
		books.assertBooked();
		this.inARun.get(Fault.STOP).incrementAndGet();
	}

	/** Any moment: so many rows of a run are gone, or so much time. */
	private static void await(Process victim, JdbcClient jdbc, Random random) throws InterruptedException {
		if (random.nextInt(4) == 0) {
			victim.waitFor(random.nextInt(LATEST_MILLIS), TimeUnit.MILLISECONDS);
			return;
		}
		long enough = 1 + random.nextInt(ROWS / 4);
		Await.until("rows are gone", PATIENCE, () -> !victim.isAlive() || removed(jdbc) >= enough);
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
