package com.delula.retention.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.delula.retention.support.Api;
import com.delula.retention.support.OnBothInstallations;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The answers about jobs have exactly the fields of section 4. */
class PurgeAnswerTests extends OnBothInstallations {

	private static final Duration OLD = Duration.ofHours(50);

	@BeforeEach
	void jobs() {
		String job = this.rows.job().queued().insert();
		this.rows.job().processing().insertIds(2);
		this.rows.job().completed().insertIds(3);
		this.rows.job().status("cancelled").age(OLD).insert();
		this.rows.job().completed().age(OLD).insertIds(4);
		this.rows.job().failed().age(OLD.plusHours(1)).insert();
		this.rows.upscaleJob(job).completed().age(OLD.minusHours(1)).insertIds(2);
		this.rows.upscaleJob(job).queued().insert();
		String kept = this.rows.job().failed().age(OLD.plusHours(9)).insert();
		this.rows.upscaleJob(kept).processing().age(OLD).insert();
	}

	@Test
	void theStatus() {
		JsonNode status = purgeStatus();
		assertThat(status.propertyNames()).containsExactly("success", "asOf", "maxAgeHours", "dueJobs",
				"dueUpscaleJobs", "oldestDueAt", "jobs", "upscaleJobs");
		assertThat(status.get("success").booleanValue()).isTrue();
		assertThat(status.get("maxAgeHours").longValue()).isEqualTo(48);
		assertThat(status.get("dueJobs").longValue()).isEqualTo(5);
		assertThat(status.get("dueUpscaleJobs").longValue()).isEqualTo(2);
		assertThat(Instant.parse(status.get("asOf").stringValue())).isCloseTo(this.rows.now(),
				within(Duration.ofSeconds(5)));
		assertThat(Instant.parse(status.get("oldestDueAt").stringValue()))
			.isCloseTo(this.rows.now().minus(OLD.plusHours(1)), within(Duration.ofSeconds(20)));
		assertThat(status.get("jobs").toString())
			.isEqualTo("{\"cancelled\":1,\"completed\":7,\"failed\":2,\"processing\":2,\"queued\":1}");
		assertThat(status.get("upscaleJobs").toString()).isEqualTo("{\"completed\":2,\"processing\":1,\"queued\":1}");
	}

	@Test
	void theStatusIsFreshAfterARun() {
		purgeStatus();
		purge();
		JsonNode status = this.api.get(Api.PURGE_STATUS).ok();
		assertThat(status.get("dueJobs").longValue()).isZero();
		assertThat(status.get("oldestDueAt").isNull()).isTrue();
		assertThat(status.get("jobs").get("failed").longValue()).isEqualTo(1);
	}

	@Test
	void aPurge() {
		Instant before = this.rows.now();
		JsonNode dry = this.api.post(Api.PURGE + "?dryRun=true").ok();
		assertThat(ledger()).isEmpty();
		JsonNode answer = purge();
		assertThat(answer.propertyNames()).containsExactly("success", "message", "runId", "dryRun", "status", "cutoff",
				"maxAgeHours", "jobsDeleted", "upscaleJobsDeleted", "jobsKeptReferenced", "rowsKeptReferenced");
		assertThat(answer.get("message").stringValue()).isEqualTo("Purge completed successfully");
		assertThat(answer.get("dryRun").booleanValue()).isFalse();
		assertThat(Instant.parse(answer.get("cutoff").stringValue())).isBetween(before.minus(Duration.ofHours(48)),
				this.rows.now().minus(Duration.ofHours(48)));
		assertThat(answer.get("maxAgeHours").longValue()).isEqualTo(48);
		assertThat(answer.get("jobsDeleted").longValue()).isEqualTo(5);
		assertThat(answer.get("upscaleJobsDeleted").longValue()).isEqualTo(2);
		assertThat(answer.get("jobsKeptReferenced").longValue()).isEqualTo(1);
		for (String field : List.of("success", "message", "jobsDeleted", "upscaleJobsDeleted", "jobsKeptReferenced")) {
			assertThat(dry.get(field)).as(field).isEqualTo(answer.get(field));
		}
		assertThat(ledger()).singleElement()
			.satisfies((row) -> assertThat(((Number) row.get("amount")).longValue()).isEqualTo(7));
	}

}
