package com.delula.retention.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import com.delula.retention.jobs.JobPurge;
import com.delula.retention.policy.PolicyStore;
import com.delula.retention.rule.Policy;
import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunOutcome;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.Trigger;
import org.junit.jupiter.api.Test;

/** The platform changes its tables while the service is up. */
class ChangedSchemaTests extends OnOwnDatabase {

	private static final long FAR = 10_000_000_000L;

	@Test
	void widenedIdsGoOnWithoutARestart() {
		this.books.fill(200);
		try (Service service = Service.start(this.database)) {
			assertThat(service.run(Mode.REGULAR).run().rowsRemoved()).isEqualTo(150);
			service.bean(PolicyStore.class)
				.save("backlog-cleanup",
						new Policy("far", Map.of("recipe_id", String.valueOf(FAR)), 0, 10, false, null), "test", "api");
			this.jdbc.sql("ALTER TABLE generations ALTER COLUMN id TYPE bigint, ALTER COLUMN recipe_id TYPE bigint")
				.update();
			for (int i = 0; i < 15; i++) {
				this.database.rows().generation().id(FAR + i).failed().recipe(FAR).age(Duration.ofHours(30)).insert();
			}
			RunOutcome outcome = service.run(Mode.REGULAR);
			assertThat(outcome.run().status()).isEqualTo(RunStatus.SUCCEEDED);
			assertThat(outcome.run().rowsRemoved()).isEqualTo(5);
			assertThat(outcome.steps().get(0).removedByGroup()).containsEntry(String.valueOf(FAR), 5L);
			assertThat(service.run(Mode.EMERGENCY).run().rowsRemoved()).isEqualTo(60);
		}
	}

	/** Age 0 removes all finished rows at once, those without a time too. */
	@Test
	void purgeOfAnyAgeTakesJobsWithoutATime() {
		this.jdbc.sql("ALTER TABLE jobs ALTER COLUMN created_at DROP NOT NULL").update();
		this.database.rows().job().id("timeless").completed().createdAt(null).insert();
		this.database.rows().job().id("young").failed().age(Duration.ofMinutes(1)).insert();
		this.database.rows().job().id("queued").queued().createdAt(null).insert();
		try (Service service = Service.start(this.database)) {
			Run regular = purge(service, null);
			assertThat(regular.rowsRemoved()).isZero();
			Run run = purge(service, 0);
			assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
			assertThat(run.rowsRemoved()).isEqualTo(2);
			assertThat(run.rowsDue()).isEqualTo(2);
			assertThat(this.database.rows().jobIds()).containsExactly("queued");
		}
	}

	private static Run purge(Service service, Integer hours) {
		return service.engine().start(JobPurge.request(Trigger.API, "test", false, hours)).outcome().join().run();
	}

}
