package com.delula.retention.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.delula.retention.support.Answer;
import com.delula.retention.support.Api;
import com.delula.retention.support.OnBothInstallations;
import com.delula.retention.support.OtherSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The purge removes exactly the finished rows that section 2 names. */
@Tag("core")
class PurgeRuleTests extends OnBothInstallations {

	private static final Duration OLD = Duration.ofHours(48).plusMinutes(1);

	private static final Duration YOUNG = Duration.ofHours(48).minusMinutes(1);

	private static final List<String> UNFINISHED = List.of("queued", "processing", "cancelled", "timeout", "COMPLETED",
			"");

	@Test
	void onlyFinishedRowsThatAreOlderGo() {
		List<String> jobs = new ArrayList<>();
		List<String> upscaleJobs = new ArrayList<>();
		String parent = this.rows.job().queued().insert();
		jobs.add(parent);
		for (String state : List.of("completed", "failed")) {
			this.rows.job().status(state).age(OLD).insert();
			this.rows.upscaleJob(parent).status(state).age(OLD).insert();
			jobs.add(this.rows.job().status(state).age(YOUNG).insert());
			upscaleJobs.add(this.rows.upscaleJob(parent).status(state).age(YOUNG).insert());
		}
		for (String state : UNFINISHED) {
			for (Duration age : List.of(OLD, YOUNG, Duration.ofDays(4000))) {
				jobs.add(this.rows.job().status(state).age(age).insert());
				upscaleJobs.add(this.rows.upscaleJob(parent).status(state).age(age).insert());
			}
		}
		JsonNode answer = purge();
		assertThat(answer.get("jobsDeleted").longValue()).isEqualTo(2);
		assertThat(answer.get("upscaleJobsDeleted").longValue()).isEqualTo(2);
		assertThat(answer.get("jobsKeptReferenced").longValue()).isZero();
		assertThat(this.rows.jobIds()).containsExactlyInAnyOrderElementsOf(jobs);
		assertThat(this.rows.upscaleJobIds()).containsExactlyInAnyOrderElementsOf(upscaleJobs);
	}

	@Test
	void anOldJobGoesWithItsOldUpscaleJobs() {
		String job = this.rows.job().completed().age(OLD).insert();
		this.rows.upscaleJob(job).completed().age(OLD).insert();
		this.rows.upscaleJob(job).failed().age(OLD).insert();
		JsonNode answer = purge();
		assertThat(answer.get("jobsDeleted").longValue()).isEqualTo(1);
		assertThat(answer.get("upscaleJobsDeleted").longValue()).isEqualTo(2);
		assertThat(this.rows.jobIds()).isEmpty();
		assertThat(this.rows.upscaleJobIds()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "completed", "queued", "processing", "cancelled" })
	void aJobThatAnUpscaleJobRefersToStaysAndGoesLater(String state) {
		String job = this.rows.job().completed().age(OLD).insert();
		this.rows.upscaleJob(job).completed().age(OLD).insert();
		Duration age = state.equals("completed") ? YOUNG : Duration.ofDays(90);
		String remaining = this.rows.upscaleJob(job).status(state).age(age).insert();
		String other = this.rows.job().completed().age(OLD).insert();
		JsonNode dry = this.api.post(Api.PURGE + "?dryRun=true").ok();
		JsonNode answer = purge();
		assertThat(answer.get("success").booleanValue()).isTrue();
		assertThat(answer.get("jobsDeleted").longValue()).isEqualTo(1);
		assertThat(answer.get("upscaleJobsDeleted").longValue()).isEqualTo(1);
		assertThat(answer.get("jobsKeptReferenced").longValue()).isEqualTo(1);
		assertThat(dry.get("jobsDeleted")).isEqualTo(answer.get("jobsDeleted"));
		assertThat(dry.get("upscaleJobsDeleted")).isEqualTo(answer.get("upscaleJobsDeleted"));
		assertThat(dry.get("jobsKeptReferenced")).isEqualTo(answer.get("jobsKeptReferenced"));
		assertThat(this.rows.jobIds()).containsExactly(job).doesNotContain(other);
		assertThat(this.rows.upscaleJobIds()).containsExactly(remaining);
		this.jdbc.sql("UPDATE upscale_jobs SET status = 'failed', created_at = now() - INTERVAL '3 days'").update();
		assertThat(purge().get("jobsDeleted").longValue()).isEqualTo(1);
		assertThat(this.rows.jobIds()).isEmpty();
	}

	@Test
	void ageZeroRemovesAllThatIsFinished() {
		String queued = this.rows.job().queued().age(OLD).insert();
		this.rows.upscaleJob(queued).completed().insert();
		this.rows.job().completed().insert();
		this.rows.job().failed().createdAt(this.rows.now().plus(Duration.ofHours(5))).insert();
		this.rows.job().failed().createdAt(Instant.parse("9999-12-31T00:00:00Z")).insert();
		JsonNode answer = this.api.post(Api.PURGE + "?hours=0").ok();
		assertThat(answer.get("maxAgeHours").longValue()).isZero();
		assertThat(answer.get("jobsDeleted").longValue()).isEqualTo(3);
		assertThat(answer.get("upscaleJobsDeleted").longValue()).isEqualTo(1);
		assertThat(this.rows.jobIds()).containsExactly(queued);
	}

	@Test
	void theHoursOptionHoldsForOneRunOnly() {
		String young = this.rows.job().completed().age(Duration.ofMinutes(59)).insert();
		this.rows.job().completed().age(Duration.ofMinutes(61)).insert();
		JsonNode answer = this.api.post(Api.PURGE, "{\"hours\": 1}").ok();
		assertThat(answer.get("maxAgeHours").longValue()).isEqualTo(1);
		assertThat(this.rows.jobIds()).containsExactly(young);
		String next = this.rows.job().completed().age(YOUNG).insert();
		assertThat(purge().get("maxAgeHours").longValue()).isEqualTo(48);
		assertThat(this.rows.jobIds()).containsExactlyInAnyOrder(young, next);
		assertThat(this.api.post(Api.PURGE + "?hours=87600").ok().get("jobsDeleted").longValue()).isZero();
	}

	@Test
	void anUpscaleJobThatArrivesDuringTheRunKeepsItsJob() {
		String job = this.rows.job().completed().age(OLD).insert();
		String other = this.rows.job().completed().age(OLD).insert();
		String source = this.rows.job().queued().insert();
		String template = this.rows.upscaleJob(source).insert();
		try (OtherSession arriving = OtherSession.begin(this.service.database())) {
			arriving.sql("CREATE TEMPORARY TABLE t ON COMMIT DROP AS SELECT * FROM upscale_jobs WHERE id = '" + template
					+ "'; UPDATE t SET id = 'arriving', source_job_id = '" + job
					+ "'; INSERT INTO upscale_jobs SELECT * FROM t");
			CompletableFuture<Answer> answer = this.api.begin(Api.PURGE);
			arriving.awaitBlocked().commit();
			JsonNode ended = answer.join().ok();
			assertThat(ended.get("success").booleanValue()).isTrue();
			assertThat(ended.get("jobsDeleted").longValue()).isEqualTo(1);
			assertThat(ended.get("jobsKeptReferenced").longValue()).isEqualTo(1);
		}
		assertThat(this.rows.jobIds()).contains(job, source).doesNotContain(other);
		assertThat(this.rows.upscaleJobIds()).containsExactlyInAnyOrder("arriving", template);
	}

	@Test
	void manyJobsGoInOneRun() {
		this.rows.job().completed().age(OLD).insertIds(6000);
		List<String> kept = this.rows.job().completed().age(OLD).insertIds(40);
		kept.forEach((job) -> this.rows.upscaleJob(job).queued().insert());
		JsonNode answer = purge();
		assertThat(answer.get("jobsDeleted").longValue()).isEqualTo(6000);
		assertThat(answer.get("jobsKeptReferenced").longValue()).isEqualTo(40);
		assertThat(this.rows.jobIds()).containsExactlyInAnyOrderElementsOf(kept);
	}

}
