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
		assertThat(status.get("forecast").isNull()).isTrue();
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
