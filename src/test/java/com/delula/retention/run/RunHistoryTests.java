package com.delula.retention.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

import com.delula.retention.support.Api;
import com.delula.retention.support.OnBothInstallations;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What the history tells of runs. */
class RunHistoryTests extends OnBothInstallations {

	private JsonNode run(JsonNode answer) {
		return this.api.get(Api.RUNS + "/" + answer.get("runId").stringValue()).ok();
	}

	@Test
	void aRun() {
		this.rows.generation().failed().recipe(16).age(Duration.ofDays(3)).insert(25);
		JsonNode run = run(this.api.post(Api.RUN, "{\"recipeId\":16}").ok());
		assertThat(run.propertyNames()).contains("id", "task", "mode", "trigger", "actor", "status", "dryRun", "cutoff",
				"startedAt", "finishedAt", "rowsDue", "rowsRemoved", "rowsKeptReferenced", "progress", "removedByTable",
				"error");
		assertThat(run.get("task").stringValue()).isEqualTo("backlog-cleanup");
		assertThat(run.get("mode").stringValue()).isEqualTo("regular");
		assertThat(run.get("trigger").stringValue()).isEqualTo("api");
		assertThat(run.get("actor").stringValue()).isEqualTo("admin");
		assertThat(run.get("status").stringValue()).isEqualTo("succeeded");
		assertThat(run.get("dryRun").booleanValue()).isFalse();
		assertThat(run.get("rowsDue").longValue()).isEqualTo(15);
		assertThat(run.get("rowsRemoved").longValue()).isEqualTo(15);
		assertThat(run.get("rowsKeptReferenced").longValue()).isZero();
		assertThat(run.get("progress").doubleValue()).isEqualTo(1.0);
		assertThat(run.get("removedByTable").toString()).isEqualTo("{\"generations\":15}");
		assertThat(run.get("error").isNull()).isTrue();
		Instant started = Instant.parse(run.get("startedAt").stringValue());
		assertThat(Instant.parse(run.get("cutoff").stringValue())).isEqualTo(started.minus(Duration.ofHours(24)));
		assertThat(Instant.parse(run.get("finishedAt").stringValue())).isBetween(started, this.rows.now());
		assertThat(this.api.get(Api.RUNS).ok().get("items").get(0)).isEqualTo(run);
	}

	@Test
	void aDryRun() {
		this.rows.generation().failed().recipe(16).age(Duration.ofDays(3)).insert(25);
		JsonNode run = run(this.api.post(Api.RUN + "?dryRun=true").ok());
		assertThat(run.get("dryRun").booleanValue()).isTrue();
		assertThat(run.get("status").stringValue()).isEqualTo("succeeded");
		assertThat(run.get("rowsDue").longValue()).isEqualTo(15);
		assertThat(run.get("rowsRemoved").longValue()).isZero();
	}

	@Test
	void aPurge() {
		String job = this.rows.job().completed().age(Duration.ofDays(3)).insert();
		this.rows.upscaleJob(job).completed().age(Duration.ofDays(3)).insertIds(2);
		JsonNode run = run(purge());
		assertThat(run.get("task").stringValue()).isEqualTo("job-purge");
		assertThat(run.get("mode").stringValue()).isEqualTo("regular");
		assertThat(run.get("rowsRemoved").longValue()).isEqualTo(3);
		assertThat(run.get("removedByTable").get("jobs").longValue()).isEqualTo(1);
		assertThat(run.get("removedByTable").get("upscale_jobs").longValue()).isEqualTo(2);
	}

	@Test
	void anEmergency() {
		JsonNode run = run(this.api.post(Api.EMERGENCY).ok());
		assertThat(run.get("mode").stringValue()).isEqualTo("emergency");
		assertThat(run.get("cutoff")).isEqualTo(run.get("startedAt"));
		assertThat(run.get("rowsDue").longValue()).isZero();
		assertThat(run.get("progress").doubleValue()).isEqualTo(1.0);
	}

	@Test
	void newestFirstInPages() {
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			ids.add(0, ((i % 2 == 0) ? purge() : clean()).get("runId").stringValue());
		}
		JsonNode all = this.api.get(Api.RUNS).ok();
		assertThat(ids(all)).isEqualTo(ids);
		assertThat(all.get("totalItems").longValue()).isEqualTo(5);
		assertThat(all.get("page").intValue()).isZero();
		JsonNode second = this.api.get(Api.RUNS + "?page=1&size=2").ok();
		assertThat(ids(second)).isEqualTo(ids.subList(2, 4));
		assertThat(second.get("page").intValue()).isEqualTo(1);
		assertThat(second.get("size").intValue()).isEqualTo(2);
		assertThat(second.get("totalItems").longValue()).isEqualTo(5);
		assertThat(ids(this.api.get(Api.RUNS + "?page=9&size=2").ok())).isEmpty();
	}

	@Test
	void filtered() {
		String cleaned = clean().get("runId").stringValue();
		String purged = purge().get("runId").stringValue();
		assertThat(ids(this.api.get(Api.RUNS + "?task=job-purge").ok())).containsExactly(purged);
		assertThat(ids(this.api.get(Api.RUNS + "?task=backlog-cleanup&status=succeeded").ok()))
			.containsExactly(cleaned);
		JsonNode failed = this.api.get(Api.RUNS + "?status=failed").ok();
		assertThat(ids(failed)).isEmpty();
		assertThat(failed.get("totalItems").longValue()).isZero();
		assertThat(ids(this.api.get(Api.RUNS + "?status=timed_out").ok())).isEmpty();
	}

	@Test
	void filteredByMode() {
		String cleaned = clean().get("runId").stringValue();
		String emergency = this.api.post(Api.EMERGENCY).ok().get("runId").stringValue();
		assertThat(ids(this.api.get(Api.RUNS + "?mode=emergency").ok())).containsExactly(emergency);
		assertThat(ids(this.api.get(Api.RUNS + "?mode=regular").ok())).containsExactly(cleaned);
		assertThat(ids(this.api.get(Api.RUNS + "?mode=restore&status=succeeded").ok())).isEmpty();
		assertThat(this.api.get(Api.RUNS + "?mode=Emergency").problem(400).get("detail").stringValue())
			.startsWith("Invalid mode=Emergency: must be one of regular, emergency, restore.");
	}

	private static List<String> ids(JsonNode page) {
		return StreamSupport.stream(page.get("items").spliterator(), false)
			.map((run) -> run.get("id").stringValue())
			.toList();
	}

}
