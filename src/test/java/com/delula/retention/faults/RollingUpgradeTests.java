package com.delula.retention.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Instances of two versions on one database, in the middle of runs.
 * {@code src/test/upgrade/prove} builds the old jar and names it.
 */
@Tag("slow")
@EnabledIfSystemProperty(named = "upgrade.jar", matches = ".+",
		disabledReason = "upgrade.jar names no jar of an older version; src/test/upgrade/prove builds one")
class RollingUpgradeTests extends OnOwnDatabase {

	private static final String RUN = "/api/admin/backlog-cleanup/run";

	private static final Path OLD = Path.of(System.getProperty("upgrade.jar", ""));

	/** Slow enough to be caught in the middle; a purge of nothing every five seconds. */
	private static final String[] SLOW = settings("0.03");

	private static final String[] FAST = settings("1");

	private static final int ROWS = 40_000;

	private static final Duration UP_TO_TWO_MINUTES = Duration.ofMinutes(2);

	@Test
	void theNewOneTakesOverFromTheOldOnes() {
		this.books.fill(ROWS);
		try (ServiceProcess first = old(SLOW).ready(); ServiceProcess second = old(SLOW).ready()) {
			UUID told = middle(first);
			try (ServiceProcess newer = ServiceProcess.start(this.database, SLOW).ready()) {
				assertThat(this.books.status(told)).as("the migration stops no run").isEqualTo("running");
				assertGoesOn(told);
				first.terminate();
				assertThat(this.books.status(told)).isEqualTo("interrupted");
				this.books.assertBooked();
				UUID killed = middle(second);
				second.kill();
				Await.until("the new one closes what the old one left", UP_TO_TWO_MINUTES,
						() -> this.books.status(killed).equals("interrupted"));
				this.books.assertBooked();
				backAgain(newer);
			}
		}
		assertEachFiringOnce();
	}

	/** Whoever goes back starts the old version beside or instead of the new one. */
	private void backAgain(ServiceProcess newer) {
		this.books.fill(ROWS);
		try (ServiceProcess again = old(FAST).ready()) {
			UUID killed = middle(newer);
			newer.kill();
			Await.until("the old one closes what the new one left", UP_TO_TWO_MINUTES,
					() -> this.books.status(killed).equals("interrupted"));
			assertThat(again.post(RUN, "wait=120").body()).contains("\"success\":true");
			this.books.assertBooked();
			assertThat(this.books.remaining()).isEqualTo(50);
			again.terminate();
		}
	}

	private static String[] settings(String dutyCycle) {
		return new String[] { "retention.run.duty-cycle=" + dutyCycle, "retention.run.batch.max-rows=50",
				"retention.purge.cron=*/5 * * * * *" };
	}

	private ServiceProcess old(String[] settings) {
		return ServiceProcess.startJar(OLD, this.database, settings);
	}

	private UUID middle(ServiceProcess instance) {
		UUID run = instance.begin(RUN);
		Await.until("the run is in the middle", PATIENCE, () -> this.books.removed(run) > 500);
		return run;
	}

	private void assertGoesOn(UUID run) {
		long removed = this.books.removed(run);
		Await.until("the old one's run goes on", PATIENCE, () -> this.books.removed(run) > removed);
		this.books.assertCounted();
	}

	/** Slots are five seconds long, and a firing is late by less than that. */
	private void assertEachFiringOnce() {
		assertThat(this.jdbc.sql("""
				SELECT count(*) FROM retention_run WHERE task = 'job-purge' AND trigger = 'schedule'
				""").query(Long.class).single()).isGreaterThan(5);
		assertThat(this.jdbc.sql("""
				SELECT count(*) FROM (SELECT floor(extract(epoch FROM started_at) / 5) FROM retention_run
					WHERE task = 'job-purge' AND trigger = 'schedule' GROUP BY 1 HAVING count(*) > 1) x
				""").query(Long.class).single()).isZero();
	}

}
