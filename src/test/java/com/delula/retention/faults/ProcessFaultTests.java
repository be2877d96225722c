package com.delula.retention.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;

import com.delula.retention.support.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What happens to a run when its process is killed, stopped or told to end. */
class ProcessFaultTests {

	private static final String RUN = "/api/admin/backlog-cleanup/run";

	/** Slow enough to be caught in the middle: a batch of 100 rows, then a pause. */
	private static final String[] SLOW = { "retention.run.duty-cycle=0.2", "retention.run.batch.max-rows=50" };

	/** Takes some seconds at that pace. */
	private static final int ROWS = 4_000;

	private static TestDatabase database;

	private static Books books;

	/** The instance that nothing happens to. */
	private static ServiceProcess other;

	@BeforeAll
	static void start() {
		database = TestDatabase.started();
		books = new Books(database);
		other = ServiceProcess.start(database, SLOW).ready();
	}

	@AfterAll
	static void stop() {
		other.close();
		database.close();
	}

	/** Whatever happened, the next run goes on and ends what was begun. */
	@AfterEach
	void nextRunDoesTheRest() {
		assertThat(other.post(RUN, "wait=60").body()).contains("\"success\":true");
		books.assertBooked();
		assertThat(books.remaining()).isEqualTo(50);
	}

	@Test
	void killedInTheMiddleIsClosedByTheOtherOnce() {
		books.fill(ROWS);
		UUID run;
		try (ServiceProcess victim = ServiceProcess.start(database, SLOW).ready()) {
			run = victim.begin(RUN);
			Await.until("the run is in the middle", Duration.ofSeconds(30), () -> books.removed(run) > 100);
			books.assertCounted();
			victim.kill();
		}
		books.assertCounted();
		Await.until("the run is closed", Duration.ofSeconds(60), () -> books.status(run).equals("interrupted"));
		books.assertBooked();
	}

	@Test
	@Tag("slow")
	void killedWhilePausedIsClosedByTheOther() {
		books.fill(20_000);
		UUID run;
		try (ServiceProcess victim = ServiceProcess.start(database, SLOW).ready()) {
			run = victim.begin(RUN);
			Await.until("the run is in the middle", Duration.ofSeconds(30), () -> books.removed(run) > 0);
			assertThat(other.send("PATCH", "/api/admin/runs/" + run + "?paused=true", "wait=1").statusCode())
				.isEqualTo(200);
			Await.until("the run waits", Duration.ofSeconds(30), () -> victim.log().contains(run + " waits for"));
			books.assertCounted();
			victim.kill();
		}
		Await.until("the run is closed", Duration.ofSeconds(60), () -> books.status(run).equals("interrupted"));
		books.assertBooked();
	}

	/** Another instance closes the restore, and a second one puts back the rest. */
	@Test
	@Tag("slow")
	void killedInTheMiddleOfARestore() {
		books.fill(2_000);
		try (ServiceProcess victim = ServiceProcess.start(database, SLOW[0], SLOW[1], "retention.backlog.undo=1d")
			.ready()) {
			long gone = database.jdbc().sql("SELECT retention_run_backlog_cleanup()").query(Long.class).single();
			String restore = "/api/admin/runs/" + books.last() + "/restore";
			UUID run = victim.begin(restore);
			Await.until("the restore is in the middle", Duration.ofSeconds(30), () -> books.removed(run) < -200);
			victim.kill();
			books.assertCounted();
			Await.until("it is closed", Duration.ofSeconds(60), () -> books.status(run).equals("interrupted"));
			books.assertBooked();
			assertThat(other.post(restore, "wait=60").body())
				.contains("\"rowsRestored\":" + (gone + books.removed(run)));
			books.assertBooked();
			assertThat(books.remaining()).isGreaterThanOrEqualTo(2_000);
		}
	}

	@Test
	void sleptPastItsLockAndWokeWhileAnotherRuns() {
		books.fill(ROWS);
		try (ServiceProcess sleeper = ServiceProcess.start(database, SLOW).ready()) {
			UUID lost = sleeper.begin(RUN);
			Await.until("the run is in the middle", Duration.ofSeconds(30), () -> books.removed(lost) > 500);
			sleeper.signal("STOP");
			UUID next = takeOver();
			assertThat(books.status(lost)).isEqualTo("interrupted");
			long frozen = books.removed(lost);
			sleeper.signal("CONT");
			Await.until("the sleeper notices", Duration.ofSeconds(30), () -> sleeper.log().contains("lost its lock"));
			Await.until("the other run ends", Duration.ofSeconds(90), () -> books.status(next).equals("succeeded"));
			assertThat(books.removed(lost)).isEqualTo(frozen);
		}
		books.assertBooked();
	}

	private UUID takeOver() {
		UUID[] next = new UUID[1];
		Await.until("the other may begin", Duration.ofSeconds(60), () -> {
			HttpResponse<String> response = other.post(RUN, "respond-async");
			if (response.statusCode() == 202) {
				next[0] = UUID.fromString(response.body().replaceFirst("(?s).*?\"id\":\"([^\"]+)\".*", "$1"));
			}
			return next[0] != null;
		});
		return next[0];
	}

	@Test
	void toldToEndEndsAfterItsBatch() {
		books.fill(ROWS);
		try (ServiceProcess told = ServiceProcess.start(database, SLOW).ready()) {
			UUID run = told.begin(RUN);
			Await.until("the run is in the middle", Duration.ofSeconds(30), () -> books.removed(run) > 100);
			told.terminate();
			assertThat(books.status(run)).isEqualTo("interrupted");
		}
		books.assertBooked();
		assertThat(books.remaining()).isGreaterThan(50);
	}

}
