package com.delula.retention.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.delula.retention.support.Api;
import com.delula.retention.support.OnBothInstallations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** A row that a third table's foreign key protects is kept and counted. */
class ForeignKeyTests extends OnBothInstallations {

	private static final Duration OLD = Duration.ofDays(5);

	@AfterEach
	void dropTheThirdTable() {
		this.jdbc.sql("DROP TABLE IF EXISTS third").update();
		this.jdbc.sql("ALTER TABLE generations DROP CONSTRAINT IF EXISTS generations_pair").update();
	}

	private void protect(String table, String key, Object id) {
		this.jdbc
			.sql("CREATE TABLE IF NOT EXISTS third AS SELECT id AS protected FROM %s WITH NO DATA".formatted(table))
			.update();
		this.jdbc.sql("ALTER TABLE third DROP CONSTRAINT IF EXISTS third_protected_fkey").update();
		this.jdbc.sql("ALTER TABLE third ADD FOREIGN KEY (protected) REFERENCES %s (id) %s".formatted(table, key))
			.update();
		this.jdbc.sql("INSERT INTO third SELECT id FROM %s WHERE CAST(id AS text) = :id".formatted(table))
			.param("id", id.toString())
			.update();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "ON DELETE RESTRICT", "DEFERRABLE INITIALLY DEFERRED" })
	void aGeneration(String key) {
		List<Long> ids = this.rows.generation().failed().recipe(16).age(OLD).insert(15);
		protect("generations", key, ids.get(2));
		JsonNode dry = this.api.post(Api.RUN + "?dryRun=true").ok();
		JsonNode answer = clean();
		assertThat(answer.get("success").booleanValue()).isTrue();
		assertThat(answer.get("cleanedUpGenerations").longValue()).isEqualTo(4);
		assertThat(dry.get("cleanedUpGenerations").longValue()).isEqualTo(4);
		assertThat(this.rows.generationIds()).contains(ids.get(2)).hasSize(11);
		assertKept(answer, 1);
	}

	@Test
	void aGenerationInAnEmergency() {
		List<Long> ids = this.rows.generation().failed().recipe(16).insert(15);
		protect("generations", "", ids.get(2));
		JsonNode dry = this.api.post(Api.EMERGENCY + "?dryRun=true").ok();
		JsonNode answer = this.api.post(Api.EMERGENCY).ok();
		assertThat(answer.get("removedCount").longValue()).isEqualTo(14);
		assertThat(dry.get("removedCount").longValue()).isEqualTo(14);
		assertThat(this.rows.generationIds()).containsExactly(ids.get(2));
		assertKept(answer, 1);
	}

	@Test
	void aGenerationByTwoColumns() {
		List<Long> ids = this.rows.generation().failed().recipe(16).insert(5);
		this.jdbc.sql("ALTER TABLE generations ADD CONSTRAINT generations_pair UNIQUE (id, user_id)").update();
		this.jdbc.sql("CREATE TABLE third AS SELECT user_id AS owner, id AS gen FROM generations WHERE id = :id")
			.param("id", ids.get(3))
			.update();
		this.jdbc.sql("INSERT INTO third SELECT 'nobody', NULL").update();
		this.jdbc.sql("ALTER TABLE third ADD FOREIGN KEY (gen, owner) REFERENCES generations (id, user_id)").update();
		assertThat(this.api.post(Api.EMERGENCY).ok().get("removedCount").longValue()).isEqualTo(4);
		assertThat(this.rows.generationIds()).containsExactly(ids.get(3));
	}

	/** A cascade or a null is the platform's wish that the row may go. */
	@ParameterizedTest
	@ValueSource(strings = { "ON DELETE CASCADE", "ON DELETE SET NULL" })
	void noGenerationByAKeyThatGivesWay(String key) {
		List<Long> ids = this.rows.generation().failed().recipe(16).insert(5);
		protect("generations", key, ids.get(2));
		assertThat(this.api.post(Api.EMERGENCY).ok().get("removedCount").longValue()).isEqualTo(5);
		assertThat(this.rows.generationIds()).isEmpty();
	}

	@Test
	void aJob() {
		List<String> jobs = this.rows.job().completed().age(OLD).insertIds(6);
		protect("jobs", "", jobs.get(1));
		JsonNode dry = this.api.post(Api.PURGE + "?dryRun=true").ok();
		JsonNode answer = purge();
		assertThat(answer.get("jobsDeleted").longValue()).isEqualTo(5);
		assertThat(answer.get("jobsKeptReferenced").longValue()).isEqualTo(1);
		assertThat(dry.get("jobsKeptReferenced").longValue()).isEqualTo(1);
		assertThat(this.rows.jobIds()).containsExactly(jobs.get(1));
	}

	@Test
	void anUpscaleJobAndWithItItsJob() {
		String job = this.rows.job().completed().age(OLD).insert();
		this.rows.job().completed().age(OLD).insert();
		List<String> upscaleJobs = new ArrayList<>(this.rows.upscaleJob(job).completed().age(OLD).insertIds(4));
		protect("upscale_jobs", "DEFERRABLE INITIALLY DEFERRED", upscaleJobs.get(3));
		JsonNode dry = this.api.post(Api.PURGE + "?dryRun=true").ok();
		JsonNode answer = purge();
		assertThat(answer.get("success").booleanValue()).isTrue();
		assertThat(answer.get("upscaleJobsDeleted").longValue()).isEqualTo(3);
		assertThat(answer.get("jobsDeleted").longValue()).isEqualTo(1);
		assertThat(answer.get("jobsKeptReferenced").longValue()).isEqualTo(1);
		assertThat(dry.get("jobsDeleted").longValue()).isEqualTo(1);
		assertThat(this.rows.jobIds()).containsExactly(job);
		assertThat(this.rows.upscaleJobIds()).containsExactly(upscaleJobs.get(3));
		assertKept(answer, 2);
	}

	private void assertKept(JsonNode answer, long rows) {
		JsonNode run = this.api.get(Api.RUNS + "/" + answer.get("runId").stringValue()).ok();
		assertThat(run.get("status").stringValue()).isEqualTo("succeeded");
		assertThat(run.get("rowsKeptReferenced").longValue()).isEqualTo(rows);
	}

}
