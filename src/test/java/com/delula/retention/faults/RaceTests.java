package com.delula.retention.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import com.delula.retention.jobs.JobPurge;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RunOutcome;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.Trigger;
import com.delula.retention.support.OtherSession;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The platform goes on writing what a run is about to remove. */
class RaceTests extends OnOwnDatabase {

	@Test
	void retriesThatRaceTheCleanupSurvive() {
		this.books.fill(20_000);
		Set<Long> retried = new HashSet<>();
		AtomicBoolean stop = new AtomicBoolean();
		try (Service service = Service.start(this.database, "retention.run.duty-cycle=0.5")) {
			CompletableFuture<Void> retrier = CompletableFuture.runAsync(() -> retry(retried, stop));
			for (Mode mode : List.of(Mode.REGULAR, Mode.EMERGENCY)) {
				assertThat(service.run(mode).run().status()).isEqualTo(RunStatus.SUCCEEDED);
			}
			stop.set(true);
			retrier.join();
		}
		assertThat(retried).hasSizeGreaterThan(100);
		List<Long> there = this.jdbc.sql("SELECT id FROM generations").query(Long.class).list();
		assertThat(new HashSet<>(there)).containsAll(retried);
		this.books.assertBooked();
	}

	/**
	 * Retries failures at random; every other one fails again at once, by a platform that
	 * does not touch its times. A run that was under way then has to leave it alone, so
	 * only those are watched that the emergency, which comes last, meets as retried.
	 */
	private void retry(Set<Long> retried, AtomicBoolean stop) {
		Random random = new Random(7);
		while (!stop.get()) {
			long id = 1 + random.nextInt(20_000);
			int hit = this.jdbc.sql("UPDATE generations SET status = 'pending' WHERE id = :id AND status = 'failed'")
				.param("id", id)
				.update();
			if (hit == 1) {
				retried.add(id);
			}
		}
	}

	@Test
	void upscaleJobsThatArriveDuringThePurgeNeverFailIt() {
		this.jdbc
			.sql("""
					INSERT INTO jobs (id, discord_user_id, discord_guild_id, discord_channel_id, status, model, positive_prompt,
						created_at)
					SELECT 'job-' || n, 'u', 'g', 'c', 'completed', 'm', 'p', now() - interval '3 days' - n * interval '1 s'
					FROM generate_series(1, 5000) n
					""")
			.update();
		AtomicBoolean stop = new AtomicBoolean();
		List<String> parents = new ArrayList<>();
		try (Service service = Service.start(this.database, "retention.run.duty-cycle=0.5")) {
			CompletableFuture<Void> inserter = CompletableFuture.runAsync(() -> insertUpscaleJobs(parents, stop));
			RunOutcome outcome = service.engine()
				.start(JobPurge.request(Trigger.API, "test", false, null))
				.outcome()
				.join();
			stop.set(true);
			inserter.join();
			assertThat(outcome.run().status()).isEqualTo(RunStatus.SUCCEEDED);
			long left = this.jdbc.sql("SELECT count(*) FROM jobs").query(Long.class).single();
			assertThat(outcome.run().rowsRemoved()).isEqualTo(5_000 - left);
		}
		assertThat(parents).isNotEmpty();
		assertThat(this.jdbc.sql("SELECT id FROM jobs").query(String.class).list()).containsAll(parents);
	}

	/**
	 * A transaction of another database that stays open for two million others. It took
	 * every row of a run for one that had changed meanwhile.
	 */
	@Test
	@Tag("slow")
	void longTransactionElsewhereKeepsNoRow() {
		this.books.fill(200);
		try (TestDatabase elsewhere = TestDatabase.create(Installation.EXISTING);
				OtherSession open = OtherSession.begin(elsewhere)) {
			open.sql("SELECT pg_current_xact_id()");
			this.jdbc.sql("""
					DO $$
					BEGIN
						FOR i IN 1..2100000 LOOP
							PERFORM pg_current_xact_id();
							COMMIT;
						END LOOP;
					END $$
					""").update();
			try (Service service = Service.start(this.database)) {
				assertThat(service.run(Mode.REGULAR).run().rowsRemoved()).isEqualTo(150);
				assertThat(service.run(Mode.EMERGENCY).run().rowsRemoved()).isEqualTo(50);
			}
		}
		this.books.assertBooked();
	}

	private void insertUpscaleJobs(List<String> parents, AtomicBoolean stop) {
		Random random = new Random(7);
		while (!stop.get()) {
			String job = "job-" + (1 + random.nextInt(5_000));
			int inserted = this.jdbc.sql("""
					INSERT INTO upscale_jobs (id, source_job_id, source_image_filename, user_id, guild_id, channel_id,
						created_at)
					SELECT gen_random_uuid(), id, 'f', 'u', 'g', 'c', now() FROM jobs WHERE id = :job FOR KEY SHARE
					""").param("job", job).update();
			if (inserted == 1) {
				parents.add(job);
			}
		}
	}

}
