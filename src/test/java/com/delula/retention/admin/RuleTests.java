package com.delula.retention.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.delula.retention.rule.SessionsRule;
import com.delula.retention.support.Rows;
import com.delula.retention.support.Service;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What is told of every rule: the built-in ones, and one that only the tests know. */
class RuleTests extends WithSessionsRule {

	@Test
	void areAllListed() {
		JsonNode rules = this.api.as("viewer", Service.PASSWORD).get(RULES).ok();
		assertThat(rules.get("success").booleanValue()).isTrue();
		assertThat(rules.get("items").valueStream().map((rule) -> rule.get("name").asString()))
			.containsExactly("backlog-cleanup", "job-purge", SessionsRule.NAME);
		JsonNode backlog = rules.get("items").get(0);
		assertThat(backlog.propertyNames()).contains("name", "title", "description", "tables", "maxAgeHours",
				"keepNewest", "per", "narrowBy", "emergency", "schedule", "nextRunAt", "ledgerType", "maxRows",
				"maxShare", "undoHours", "windows", "runWhenDue");
		assertThat(backlog.get("maxAgeHours").asInt()).isEqualTo(24);
		assertThat(backlog.get("keepNewest").asInt()).isEqualTo(10);
		assertThat(backlog.get("per").asString()).isEqualTo("recipe_id");
		assertThat(texts(backlog.get("narrowBy"))).containsExactly("recipeId", "failureReason");
		assertThat(Instant.parse(backlog.get("nextRunAt").asString())).isAfter(Instant.now());
		assertThat(texts(rules.get("items").get(1).get("tables"))).containsExactly("upscale_jobs", "jobs");
		assertThat(rules.get("items").get(1).get("nextRunAt").isNull()).isTrue();
	}

	@Test
	void sayHowTheyAreRun() {
		JsonNode sessions = this.api.get(RULES).ok().get("items").get(2);
		assertThat(sessions.get("title").asString()).isEqualTo("Sessions");
		assertThat(sessions.get("maxAgeHours").toString()).isEqualTo("720");
		assertThat(sessions.get("ledgerType").asString()).isEqualTo("expired_sessions");
		assertThat(sessions.get("schedule").isNull()).isTrue();
		JsonNode run = sessions.get("operations").get(0);
		assertThat(run.get("path").asString()).isEqualTo(SESSIONS + "/run");
		assertThat(run.get("options").valueStream().map((option) -> option.get("name").asString()))
			.containsExactly("hours", "dryRun", "expectedRows", "userId");
		this.api.post(run.get("path").asString() + "?dryRun=true").ok();
	}

	@Test
	void haveAStatus() {
		SessionsRule.insert(database, 1, "expired", 40, 5);
		SessionsRule.insert(database, 2, "revoked", 1, 4);
		SessionsRule.insert(database, 3, "active", 99, 6);
		JsonNode status = freshStatus(SESSIONS);
		assertThat(status.get("rule").asString()).isEqualTo(SessionsRule.NAME);
		assertThat(status.get("rowsDue").longValue()).isEqualTo(2);
		assertThat(Instant.parse(status.get("oldestDueAt").asString()))
			.isCloseTo(database.rows().now().minus(Duration.ofDays(40)), within(Duration.ofMinutes(6)));
		assertThat(status.get("needsApproval").booleanValue()).isFalse();
		assertThat(status.get("forecast")).hasToString("{\"arrivingPerHour\":0.0,\"dueAtNextRun\":2,"
				+ "\"nextRunAt\":null,\"secondsForNextRun\":null,\"keepsUp\":null}");
		assertThat(status.get("tables"))
			.hasToString("{\"sessions\":{\"candidates\":9,\"due\":2,\"keptReferenced\":0}}");
	}

	/** A run counts only what is old enough where that is all that it needs. */
	@Test
	void countAllCandidatesOfEachTable() {
		Rows rows = database.rows();
		rows.job().completed().age(Duration.ofHours(1)).insertIds(3);
		rows.job().queued().age(Duration.ofDays(9)).insert();
		String kept = rows.job().completed().age(Duration.ofDays(9)).insert();
		rows.upscaleJob(kept).processing().age(Duration.ofDays(9)).insert();
		rows.upscaleJob(rows.job().failed().age(Duration.ofDays(9)).insert())
			.completed()
			.age(Duration.ofDays(9))
			.insert();
		JsonNode status = freshStatus(RULES + "/job-purge");
		assertThat(status.get("tables"))
			.hasToString("{\"upscale_jobs\":{\"candidates\":1,\"due\":1,\"keptReferenced\":0},"
					+ "\"jobs\":{\"candidates\":5,\"due\":1,\"keptReferenced\":1}}");
		assertThat(status.get("rowsDue").longValue()).isEqualTo(2);
		assertThat(status.at("/forecast/dueAtNextRun").longValue()).isEqualTo(2);
		assertThat(status.at("/forecast/arrivingPerHour").doubleValue()).isEqualTo(0.125);
	}

	/** Of the rows that are there now, those that are older than the age then. */
	@Test
	void forecastTheNextRun() {
		Rows rows = database.rows();
		String backlog = RULES + "/backlog-cleanup";
		Instant next = Instant.parse(freshStatus(backlog).at("/forecast/nextRunAt").asString());
		rows.generation().failed().recipe(16).age(Duration.ofHours(30)).insert(5);
		assertThat(this.api.post(backlog + "/run").ok().get("rowsRemoved").longValue()).isZero();
		rows.generation().failed().recipe(16).age(Duration.ofMinutes(5)).insert(10);
		assertThat(this.api.post(backlog + "/run").ok().get("rowsRemoved").longValue()).isEqualTo(5);
		rows.generation().failed().recipe(16).at(next.minus(Duration.ofHours(24)).minusSeconds(1)).insert(3);
		rows.generation().failed().recipe(16).at(next.minus(Duration.ofHours(24)).plusSeconds(1)).insert(2);
		JsonNode forecast = freshStatus(backlog).get("forecast");
		assertThat(forecast.get("dueAtNextRun").longValue()).isEqualTo(3);
		assertThat(forecast.get("arrivingPerHour").doubleValue()).isEqualTo(0.625);
		assertThat(forecast.get("secondsForNextRun").doubleValue()).isPositive();
		assertThat(forecast.get("keepsUp").booleanValue()).isTrue();
	}

	/** What a run waited does not count, nor do the odd ones among the last. */
	@Test
	void forecastByThePaceOfTheLastRuns() {
		SessionsRule.insert(database, 1, "expired", 40, 5);
		database.jdbc()
			.sql("""
					INSERT INTO retention_run (id, task, mode, trigger, actor, status, dry_run, cutoff, started_at, owner,
						finished_at, rows_removed, waited_millis, actions)
					SELECT gen_random_uuid(), :task, 'regular', 'schedule', 'scheduler', r.status, false, t.begun, t.begun, 'x',
						t.begun + make_interval(secs => r.seconds), 1000, r.waited, CAST(r.actions AS jsonb)
					FROM (VALUES (1, 'succeeded', 1010, 1000000, '[]'), (2, 'succeeded', 500, 0, '[]'),
						(3, 'timed_out', 10, 0, '[]'), (4, 'succeeded', 11, 0, '[]'), (5, 'succeeded', 9, 0, '[]'),
						(6, 'succeeded', 900, 0, '[{"action": "paced"}]')) AS r (ago, status, seconds, waited, actions)
					CROSS JOIN LATERAL (SELECT now() - r.ago * interval '1 hour' AS begun) AS t
					""")
			.param("task", SessionsRule.NAME)
			.update();
		JsonNode forecast = freshStatus(SESSIONS).get("forecast");
		assertThat(forecast.get("dueAtNextRun").longValue()).isEqualTo(2);
		assertThat(forecast.get("secondsForNextRun").doubleValue()).isEqualTo(0.02);
	}

	@Test
	void aStatusIsFreshAfterARun() {
		SessionsRule.insert(database, 1, "expired", 40, 5);
		this.api.get(SESSIONS + "/status").ok();
		assertThat(this.api.post(SESSIONS + "/run").ok().get("rowsRemoved").longValue()).isEqualTo(2);
		assertThat(this.api.get(SESSIONS + "/status").ok().get("rowsDue").longValue()).isZero();
	}

	/** The status after what a test has done by SQL, which no status notices. */
	private JsonNode freshStatus(String rule) {
		this.api.post(rule + "/run?dryRun=true").ok();
		return this.api.get(rule + "/status").ok();
	}

	private static List<String> texts(JsonNode array) {
		return array.valueStream().map(JsonNode::asString).toList();
	}

}
