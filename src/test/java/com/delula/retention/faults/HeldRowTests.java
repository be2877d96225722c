package com.delula.retention.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import com.delula.retention.jobs.JobPurge;
import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunOutcome;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.Trigger;
import com.delula.retention.support.OtherSession;
import org.junit.jupiter.api.Test;

/** Rows that somebody else holds, or refers to in the very moment. */
class HeldRowTests extends OnOwnDatabase {

	@Test
	void rowsThatSomebodyHoldsAreLeftToTheNextRun() {
		this.books.fill(5_000);
		try (Service service = Service.start(this.database, "retention.run.batch.lock-timeout=2s")) {
			try (OtherSession holder = OtherSession.begin(this.database)) {
				holder.sql("SELECT FROM generations WHERE id IN (70, 4000) OR id BETWEEN 2000 AND 2299 FOR UPDATE");
				Run run = service.run(Mode.REGULAR).run();
				assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
				assertThat(run.rowsLeftLocked()).isEqualTo(302);
				assertThat(run.rowsRemoved()).isEqualTo(5_000 - 50 - 302);
				assertThat(run.note()).contains("302 rows left to the next run");
				assertThat(Duration.between(run.startedAt(), run.finishedAt())).isBetween(Duration.ofSeconds(10),
						Duration.ofMinutes(1));
			}
			Run next = service.run(Mode.REGULAR).run();
			assertThat(next.rowsRemoved()).isEqualTo(302);
			assertThat(next.rowsLeftLocked()).isZero();
		}
		this.books.assertBooked();
	}

	/** Nothing but a second look can see it where no foreign key does. */
	@Test
	void jobStaysWhoseUpscaleJobArrivesDuringTheBatchWithoutForeignKey() {
		this.jdbc.sql("ALTER TABLE upscale_jobs DROP CONSTRAINT upscale_jobs_source_job_id_fkey").update();
		for (int i = 0; i < 20; i++) {
			this.database.rows().job().id("job-" + i).completed().age(Duration.ofDays(3)).insert();
		}
		try (Service service = Service.start(this.database, "retention.run.batch.lock-timeout=30s");
				OtherSession holder = OtherSession.begin(this.database)) {
			holder.sql("SELECT FROM jobs WHERE id = 'job-7' FOR UPDATE");
			CompletableFuture<RunOutcome> outcome = service.engine()
				.start(JobPurge.request(Trigger.API, "test", false, null))
				.outcome();
			holder.awaitBlocked();
			this.database.rows().upscaleJob("job-3").queued().insert();
			holder.commit();
			Run run = outcome.join().run();
			assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
			assertThat(run.rowsRemoved()).isEqualTo(19);
			assertThat(run.rowsKeptReferenced()).isEqualTo(1);
			assertThat(this.database.rows().jobIds()).containsExactly("job-3");
		}
	}

}
