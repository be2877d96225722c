package com.delula.retention.jobs;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.delula.retention.run.Run;
import com.delula.retention.support.OtherSession;
import com.delula.retention.support.Rows;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where upscale jobs go with their job, one that arrives between being looked for and the
 * job's removal keeps its job all the same.
 */
@Tag("core")
class CascadeTests {

	private static final Duration OLD = Duration.ofDays(3);

	private static final String BATCHES = "--retention.run.batch.max-rows=200";

	private TestDatabase database;

	private String role;

	@BeforeEach
	void aKeyThatCascades() {
		this.database = TestDatabase.started();
		this.role = "purger_" + this.database.name();
		sql("ALTER TABLE upscale_jobs DROP CONSTRAINT upscale_jobs_source_job_id_fkey");
		sql("ALTER TABLE upscale_jobs ADD FOREIGN KEY (source_job_id) REFERENCES jobs (id) ON DELETE CASCADE");
		sql("CREATE ROLE %s LOGIN PASSWORD 'worker'".formatted(this.role));
		sql("GRANT pg_read_all_data TO " + this.role);
		sql("GRANT DELETE ON generations, jobs, upscale_jobs TO " + this.role);
		sql("GRANT INSERT ON credit_transactions TO " + this.role);
		sql("GRANT USAGE ON SEQUENCE credit_transactions_id_seq TO " + this.role);
	}

	@AfterEach
	void end() {
		sql("DROP OWNED BY " + this.role);
		sql("DROP ROLE " + this.role);
		this.database.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void anUpscaleJobThatArrivesKeepsItsJob(boolean mayUpdate) {
		try (Service service = start(mayUpdate); OtherSession other = OtherSession.begin(this.database)) {
			Rows rows = this.database.rows();
			List<String> jobs = rows.job().completed().age(OLD).insertIds(5);
			other.sql("""
					INSERT INTO upscale_jobs (id, source_job_id, source_image_filename, user_id, guild_id, channel_id,
						created_at)
					VALUES ('arriving', '%s', 'f', 'u', 'g', 'c', now())
					""".formatted(jobs.get(2)));
			CompletableFuture<Run> purge = CompletableFuture.supplyAsync(() -> service.run(JobPurge.NAME));
			other.awaitBlocked().commit();
			assertThat(purge.join().rowsRemoved()).isEqualTo(4);
			assertThat(purge.join().rowsKeptReferenced()).isEqualTo(1);
			assertThat(rows.jobIds()).containsExactly(jobs.get(2));
			assertThat(rows.upscaleJobIds()).containsExactly("arriving");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void workersDoNotDeadlock(boolean mayUpdate) {
		try (Service service = start(mayUpdate)) {
			this.database.rows().job().completed().age(OLD).insertIds(3_000);
			assertThat(service.run(JobPurge.NAME).rowsRemoved()).isEqualTo(3_000);
		}
		assertThat(this.database.jdbc()
			.sql("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
			.query(Long.class)
			.single()).isZero();
	}

	/** A batch that waits for another to let go of the table could wait for too long. */
	@Test
	void whoeverLocksTheWholeTableWorksAlone() {
		sql("CREATE TABLE waiting (sessions bigint)");
		sql("""
				CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
				BEGIN
					PERFORM pg_sleep(0.05);
					INSERT INTO waiting SELECT count(*) FROM pg_locks
					WHERE relation = CAST('upscale_jobs' AS regclass) AND mode = 'ShareRowExclusiveLock' AND NOT granted;
					RETURN NULL;
				END $$
				""");
		sql("CREATE TRIGGER look AFTER DELETE ON jobs EXECUTE FUNCTION look()");
		try (Service service = start(false)) {
			this.database.rows().job().completed().age(OLD).insertIds(3_000);
			assertThat(service.run(JobPurge.NAME).rowsRemoved()).isEqualTo(3_000);
		}
		assertThat(this.database.jdbc().sql("SELECT sum(sessions) FROM waiting").query(Long.class).single()).isZero();
	}

	private Service start(boolean mayUpdate) {
		if (mayUpdate) {
			return Service.startWithoutWeb(this.database, BATCHES);
		}
		this.database.jdbc()
			.sql("SELECT tablename FROM pg_tables WHERE tablename LIKE 'retention%'")
			.query(String.class)
			.list()
			.forEach((table) -> sql("GRANT ALL ON " + table + " TO " + this.role));
		return Service.startWithoutWeb(this.database, "--spring.datasource.username=" + this.role,
				"--spring.datasource.password=worker", "--spring.flyway.user=" + this.database.username(),
				"--spring.flyway.password=" + this.database.password(), BATCHES);
	}

	private void sql(String sql) {
		this.database.jdbc().sql(sql).update();
	}

}
