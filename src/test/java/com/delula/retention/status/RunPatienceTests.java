package com.delula.retention.status;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** What nobody waits for is done after a run rather than beside it. */
class RunPatienceTests {

	private final AtomicInteger done = new AtomicInteger();

	@Test
	void workWaitsForARunButNotForEver() {
		try (TestDatabase database = TestDatabase.started(); Service service = Service.startWithoutWeb(database)) {
			JdbcClient jdbc = service.bean(JdbcClient.class);
			RunPatience patience = new RunPatience(jdbc);
			assertThat(patience.attempt(this.done::incrementAndGet)).isTrue();
			jdbc.sql(
					"""
							INSERT INTO retention_run (id, task, mode, trigger, actor, status, dry_run, cutoff, started_at, owner)
							VALUES (gen_random_uuid(), 'gone', 'regular', 'api', 'test', 'running', false, now(), now(), 'other')
							""")
				.update();
			assertThat(patience.attempt(this.done::incrementAndGet)).isFalse();
			RunPatience impatient = new RunPatience(jdbc, Duration.ZERO);
			assertThat(impatient.attempt(this.done::incrementAndGet)).isTrue();
			jdbc.sql("UPDATE retention_run SET status = 'succeeded', finished_at = now()").update();
			assertThat(patience.attempt(this.done::incrementAndGet)).isTrue();
			assertThat(this.done).hasValue(3);
		}
	}

	@Test
	void workWaitsWhereNobodyCanTellOfARun() {
		try (TestDatabase database = TestDatabase.started()) {
			database.jdbc().sql("DROP TABLE IF EXISTS retention_run CASCADE").update();
			assertThat(new RunPatience(database.jdbc()).attempt(this.done::incrementAndGet)).isFalse();
			assertThat(this.done).hasValue(0);
		}
	}

}
