package com.delula.retention.admin;

import java.time.Duration;

import com.delula.retention.rule.SessionsRule;
import com.delula.retention.support.Answer;
import com.delula.retention.support.Api;
import com.delula.retention.support.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Every rule is run by its name, in one way. */
class RuleRunTests extends WithSessionsRule {

	@Test
	void aRunAnswersTheRun() {
		SessionsRule.insert(database, 1, "expired", 40, 5);
		JsonNode dry = this.api.post(SESSIONS + "/run?dryRun=true").ok();
		assertThat(dry.get("rowsDue").longValue()).isEqualTo(2);
		assertThat(dry.get("rowsRemoved").longValue()).isZero();
		assertThat(dry.get("removedByTable")).hasToString("{\"sessions\":2}");
		assertThat(this.api.get(Api.RUNS + "/" + dry.get("id").asString()).ok().get("removedByTable"))
			.isEqualTo(dry.get("removedByTable"));
		assertThat(SessionsRule.count(database)).isEqualTo(5);
		JsonNode answer = this.api.post(SESSIONS + "/run").ok();
		assertThat(answer.get("success").booleanValue()).isTrue();
		assertThat(answer.get("message").asString()).isEqualTo("Sessions completed successfully");
		assertThat(answer.get("removedByTable")).hasToString("{\"sessions\":2}");
		JsonNode run = this.api.get(Api.RUNS + "/" + answer.get("id").asString()).ok();
		run.properties().forEach((field) -> assertThat(answer.get(field.getKey())).isEqualTo(field.getValue()));
		assertThat(run.get("task").asString()).isEqualTo(SessionsRule.NAME);
		assertThat(SessionsRule.count(database)).isEqualTo(3);
		assertThat(database.jdbc()
			.sql("SELECT amount FROM credit_transactions WHERE type = 'expired_sessions'")
			.query(Long.class)
			.list()).containsExactly(2L);
	}

	@Test
	void aRunRemovesAtMostWhatIsExpected() {
		SessionsRule.insert(database, 1, "expired", 40, 5);
		JsonNode refused = this.api.post(SESSIONS + "/run?expectedRows=1").problem(409);
		assertThat(refused.get("rowsDue").longValue()).isEqualTo(2);
		assertThat(refused.get("expectedRows").longValue()).isEqualTo(1);
		assertThat(refused.get("rowsRemoved").longValue()).isZero();
		assertThat(refused.get("detail").asString()).contains("2 rows are due, more than the 1 expected");
		assertThat(SessionsRule.count(database)).isEqualTo(5);
		JsonNode run = this.api.get(Api.RUNS + "/" + refused.get("runId").asString()).ok();
		assertThat(run.get("status").asString()).isEqualTo("refused");
		assertThat(run.get("actions")).singleElement().satisfies((action) -> {
			assertThat(action.get("action").asString()).isEqualTo("started");
			assertThat(action.get("actor").asString()).isEqualTo("admin");
			assertThat(action.get("door").asString()).isEqualTo("api");
		});
		for (String wrong : new String[] { "-1", "1.5", "", "1,000", "x" }) {
			this.api.post(SESSIONS + "/run?expectedRows=" + wrong).problem(400);
		}
		this.api.post(SESSIONS + "/run", "{\"expectedRows\": \"2\"}").problem(400);
		JsonNode dry = this.api.post(SESSIONS + "/run?expectedRows=2&dryRun=true").ok();
		assertThat(dry.get("rowsDue").longValue()).isEqualTo(2);
		assertThat(dry.get("note").isNull()).isTrue();
		assertThat(this.api.post(SESSIONS + "/run?expectedRows=1&dryRun=true").ok().get("note").asString())
			.isEqualTo("The run would be refused: 2 rows are due, more than the 1 expected");
		assertThat(this.api.post(SESSIONS + "/run", "{\"expectedRows\": 2}").ok().get("rowsRemoved").longValue())
			.isEqualTo(2);
		assertThat(this.api.post(Api.EMERGENCY + "?expectedRows=0").ok().get("removedCount").longValue()).isZero();
	}

	@Test
	void theOptionsNarrowARunAndGiveItsAge() {
		SessionsRule.insert(database, 1, "expired", 10, 5);
		SessionsRule.insert(database, 2, "expired", 10, 5);
		assertThat(this.api.post(SESSIONS + "/run?hours=24&userId=2").ok().get("rowsRemoved").longValue()).isEqualTo(2);
		assertThat(this.api.post(SESSIONS + "/run", "{\"hours\": 24}").ok().get("rowsRemoved").longValue())
			.isEqualTo(2);
	}

	/** At its older address the backlog cleanup takes no age. */
	@Test
	void anyRulesAgeMayBeGiven() {
		database.rows().generation().failed().recipe(16).age(Duration.ofHours(3)).insert(12);
		this.api.post(Api.RUN + "?hours=2").problem(400);
		JsonNode answer = this.api.post(RULES + "/backlog-cleanup/run?hours=2").ok();
		assertThat(answer.get("rowsRemoved").longValue()).isEqualTo(2);
		assertThat(answer.get("message").asString()).isEqualTo("Backlog cleanup completed successfully");
	}

	@Test
	void anEmergencyRemovesAllCandidates() {
		SessionsRule.insert(database, 1, "expired", 1, 5);
		SessionsRule.insert(database, 1, "active", 1, 2);
		Api operator = this.api.as("operator", Service.PASSWORD);
		operator.post(SESSIONS + "/emergency").problem(403);
		this.api.post(SESSIONS + "/emergency?hours=1").problem(400);
		JsonNode answer = this.api.post(SESSIONS + "/emergency").ok();
		assertThat(answer.get("message").asString()).isEqualTo("Emergency sessions completed successfully");
		assertThat(answer.get("mode").asString()).isEqualTo("emergency");
		assertThat(answer.get("rowsRemoved").longValue()).isEqualTo(5);
	}

	@Test
	void aRunIsAnsweredAtOnceWhereThatIsPreferred() {
		Answer answer = this.api.as("operator", Service.PASSWORD)
			.with("Prefer", "respond-async")
			.post(SESSIONS + "/run");
		assertThat(answer.status()).isEqualTo(202);
		String id = answer.json().get("id").asString();
		assertThat(answer.header("Location")).isEqualTo(Api.RUNS + "/" + id);
		assertThat(answer.header("Preference-Applied")).isEqualTo("respond-async");
		// The events go on until the run has ended.
		assertThat(this.api.get(Api.RUNS + "/" + id + "/events").text()).contains("\"status\":\"succeeded\"");
	}

	@Test
	void lookingTakesAViewerAndRunningAnOperator() {
		Api viewer = this.api.as("viewer", Service.PASSWORD);
		viewer.get(SESSIONS + "/status").ok();
		viewer.post(SESSIONS + "/run").problem(403);
		viewer.post(RULES + "/job-purge/run").problem(403);
		this.api.anonymous().get(RULES).problem(401);
		this.api.as("operator", Service.PASSWORD).post(RULES + "/job-purge/run").ok();
	}

	@ParameterizedTest
	@CsvSource({ "GET,status", "POST,run", "POST,emergency" })
	void anUnknownRule(String method, String last) {
		assertThat(this.api.send(method, RULES + "/expired/" + last, null).problem(404).get("detail").asString())
			.contains("backlog-cleanup, job-purge, expired-sessions");
	}

	@Test
	void anEmergencyThatIsNotOffered() {
		database.rows().job().completed().age(Duration.ofDays(9)).insert();
		assertThat(this.api.post(RULES + "/job-purge/emergency").problem(404).get("detail").asString())
			.contains("job-purge offers no emergency", "backlog-cleanup, expired-sessions", "Nothing was deleted");
		assertThat(database.rows().count("jobs")).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "dryrun=true", "dryRun=", "dryRun=yes", "hours=1.5", "hours=-1", "hours=87601", "userId=",
			"userId=x", "user_id=1", "userId=1&userId=1", "recipeId=1", "=1" })
	void whatIsNotUnderstoodDeletesNothing(String query) {
		SessionsRule.insert(database, 1, "expired", 40, 5);
		String name = query.substring(0, query.indexOf('='));
		assertThat(this.api.post(SESSIONS + "/run?" + query).problem(400).get("detail").asString()).contains(name);
		assertThat(SessionsRule.count(database)).isEqualTo(5);
	}

	@Test
	void aRecipeOfWhichNothingIsKnown() {
		assertThat(this.api.post(RULES + "/backlog-cleanup/run?recipeId=99").problem(400).get("detail").asString())
			.startsWith("Unknown recipeId=99");
	}

	@Test
	void theHistoryIsFilteredByAnyRulesName() {
		this.api.post(SESSIONS + "/run").ok();
		this.api.post(RULES + "/job-purge/run").ok();
		JsonNode runs = this.api.get(Api.RUNS + "?task=" + SessionsRule.NAME).ok();
		assertThat(runs.get("totalItems").intValue()).isEqualTo(1);
		assertThat(runs.get("items").get(0).get("task").asString()).isEqualTo(SessionsRule.NAME);
		assertThat(this.api.get(Api.RUNS + "?task=purge").problem(400).get("detail").asString())
			.contains("backlog-cleanup", "job-purge", SessionsRule.NAME);
	}

	@Test
	void aRunThatFailsSaysWhichAndWhatItDid() {
		SessionsRule.insert(database, 1, "expired", 40, 5);
		database.jdbc()
			.sql("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''no''; END'")
			.update();
		database.jdbc().sql("CREATE TRIGGER refuse BEFORE DELETE ON sessions EXECUTE FUNCTION refuse()").update();
		try {
			JsonNode problem = this.api.post(SESSIONS + "/run").problem(500);
			assertThat(problem.get("rowsRemoved").longValue()).isZero();
			assertThat(this.api.get(Api.RUNS + "/" + problem.get("runId").asString()).ok().get("status").asString())
				.isEqualTo("failed");
		}
		finally {
			database.jdbc().sql("DROP FUNCTION refuse() CASCADE").update();
		}
	}

}
