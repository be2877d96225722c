package com.delula.retention.backlog;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import com.delula.retention.support.Api;
import com.delula.retention.support.OnBothInstallations;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The answers about the backlog have exactly the fields of section 4. */
class BacklogAnswerTests extends OnBothInstallations {

	private static final Duration OLD = Duration.ofHours(26);

	@BeforeEach
	void anOutage() {
		this.rows.recipe().id(16).name("Cat Olympic Diving").insert();
		this.rows.generation().failed().recipe(16).age(OLD).insert(15);
		this.rows.generation().failed().recipe(null).age(OLD).insert(12);
		this.rows.generation().failed().recipe(4711).age(OLD).insert(11);
		this.rows.generation().failed().recipe(20).age(Duration.ofMinutes(5)).insert(20);
		this.rows.generation().recipe(16).completed().insert(3);
		this.rows.generation().recipe(16).pending().insert(2);
		this.rows.generation().recipe(16).processing().insert(1);
		this.rows.generation().recipe(16).status("paused").insert(1);
		this.rows.generation().recipe(16).user("alice").completed().insert(7);
	}

	@Test
	void theStatus() {
		JsonNode status = status();
		assertThat(status.propertyNames()).containsExactly("success", "totalGenerations", "completedGenerations",
				"failedGenerations", "pendingGenerations", "processingGenerations", "asOf",
				"recipesWithFailedGenerations", "recipesTruncated");
		assertThat(status.get("success").booleanValue()).isTrue();
		assertThat(status.get("totalGenerations").longValue()).isEqualTo(65);
		assertThat(status.get("completedGenerations").longValue()).isEqualTo(3);
		assertThat(status.get("failedGenerations").longValue()).isEqualTo(58);
		assertThat(status.get("pendingGenerations").longValue()).isEqualTo(2);
		assertThat(status.get("processingGenerations").longValue()).isEqualTo(1);
		assertThat(time(status.get("asOf"))).isCloseTo(this.rows.now(), within(Duration.ofSeconds(5)));
		assertThat(status.get("recipesTruncated").booleanValue()).isFalse();
		assertThat(names(status.get("recipesWithFailedGenerations"))).containsExactly("Unknown Recipe",
				"Cat Olympic Diving", "No Recipe", "Unknown Recipe");
	}

	@Test
	void statusOfARecipe() {
		JsonNode diving = status().get("recipesWithFailedGenerations").get(1);
		assertThat(diving.propertyNames()).containsExactly("recipeId", "recipeName", "failedCount", "oldestFailedAge",
				"oldestFailedAt");
		assertThat(diving.get("recipeId").isIntegralNumber()).isTrue();
		assertThat(diving.get("recipeId").longValue()).isEqualTo(16);
		assertThat(diving.get("failedCount").longValue()).isEqualTo(15);
		assertThat(diving.get("oldestFailedAge").stringValue()).isEqualTo("1 day ago");
		assertThat(time(diving.get("oldestFailedAt"))).isCloseTo(this.rows.now().minus(OLD),
				within(Duration.ofSeconds(20)));
	}

	@Test
	void statusOfRowsWithoutRecipeAndWithoutTime() {
		this.rows.clear();
		this.rows.generation().failed().recipe(null).withoutTimes().insert();
		JsonNode none = status().get("recipesWithFailedGenerations").get(0);
		assertThat(none.get("recipeId").isNull()).isTrue();
		assertThat(none.get("recipeName").stringValue()).isEqualTo("No Recipe");
		assertThat(none.get("oldestFailedAt").isNull()).isTrue();
		assertThat(none.get("oldestFailedAge").isNull()).isTrue();
	}

	@Test
	void aTimeWithoutInstantIsToldAsNone() {
		this.rows.clear();
		this.rows.generation().failed().recipe(16).value("updated_at", "-infinity").insert();
		assertThat(status().get("recipesWithFailedGenerations").get(0).get("oldestFailedAt").isNull()).isTrue();
	}

	@Test
	void statusIsFreshAfterARun() {
		assertThat(status().get("failedGenerations").longValue()).isEqualTo(58);
		clean();
		assertThat(this.api.get(Api.STATUS).ok().get("failedGenerations").longValue()).isEqualTo(50);
		this.api.post(Api.EMERGENCY).ok();
		assertThat(this.api.get(Api.STATUS).ok().get("failedGenerations").longValue()).isZero();
	}

	@Test
	void statusOfAnEmptyBacklog() {
		this.rows.clear();
		JsonNode status = status();
		assertThat(status.get("totalGenerations").longValue()).isZero();
		assertThat(status.get("recipesWithFailedGenerations")).isEmpty();
	}

	@Test
	void atMostAThousandRecipesAreListed() {
		this.rows.clear();
		this.jdbc.sql("""
				INSERT INTO generations (user_id, %s recipe_id, status, updated_at)
				SELECT 'system_backlog', %s r, 'failed', TIMESTAMP '2026-01-01'
				FROM generate_series(1, 1001) AS r, generate_series(1, 11)
				""".formatted(filler("prompt,"), filler("'x',"))).update();
		JsonNode status = status();
		assertThat(status.get("recipesWithFailedGenerations")).hasSize(1000);
		assertThat(status.get("recipesTruncated").booleanValue()).isTrue();
		assertThat(status.get("failedGenerations").longValue()).isEqualTo(11_011);
		JsonNode answer = clean();
		assertThat(answer.get("cleanedUpGenerations").longValue()).isEqualTo(1001);
		assertThat(answer.get("recipesAffected").longValue()).isEqualTo(1001);
		assertThat(answer.get("cleanupDetails")).hasSize(1000);
		assertThat(answer.get("detailsTruncated").booleanValue()).isTrue();
	}

	private String filler(String existing) {
		return (this.installation.name().equals("EXISTING")) ? existing : "";
	}

	@Test
	void aRun() {
		Instant before = this.rows.now();
		JsonNode answer = clean();
		assertThat(answer.propertyNames()).containsExactly("success", "message", "runId", "dryRun", "status", "cutoff",
				"totalFailedGenerations", "cleanedUpGenerations", "recipesAffected", "rowsKeptReferenced",
				"cleanupDetails", "detailsTruncated");
		assertThat(answer.get("success").booleanValue()).isTrue();
		assertThat(answer.get("message").stringValue()).isEqualTo("Backlog cleanup completed successfully");
		assertThat(answer.get("dryRun").isBoolean()).isTrue();
		assertThat(answer.get("dryRun").booleanValue()).isFalse();
		assertThat(time(answer.get("cutoff"))).isBetween(before.minus(Duration.ofHours(24)),
				this.rows.now().minus(Duration.ofHours(24)));
		assertThat(answer.get("totalFailedGenerations").longValue()).isEqualTo(58);
		assertThat(answer.get("cleanedUpGenerations").longValue()).isEqualTo(8);
		assertThat(answer.get("recipesAffected").longValue()).isEqualTo(3);
		assertThat(this.api.get(Api.RUNS + "/" + answer.get("runId").stringValue()).ok().get("rowsRemoved").longValue())
			.isEqualTo(8);
	}

	@Test
	void theDetailsOfARun() {
		JsonNode details = clean().get("cleanupDetails");
		assertThat(names(details)).containsExactly("Cat Olympic Diving", "No Recipe", "Unknown Recipe");
		assertThat(details.get(0).propertyNames()).containsExactly("recipeId", "recipeName", "failedCount",
				"cleanedCount", "keptCount");
		assertDetail(details.get(0), 15, 5);
		assertDetail(details.get(1), 12, 2);
		assertDetail(details.get(2), 11, 1);
		assertThat(details.get(0).get("recipeId").isIntegralNumber()).isTrue();
		assertThat(details.get(0).get("recipeId").longValue()).isEqualTo(16);
		assertThat(details.get(1).get("recipeId").isNull()).isTrue();
		assertThat(details.get(2).get("recipeId").longValue()).isEqualTo(4711);
	}

	private static void assertDetail(JsonNode detail, long failed, long cleaned) {
		assertThat(detail.get("failedCount").longValue()).isEqualTo(failed);
		assertThat(detail.get("cleanedCount").longValue()).isEqualTo(cleaned);
		assertThat(detail.get("keptCount").longValue()).isEqualTo(failed - cleaned);
	}

	@Test
	void aDryRunAnswersWhatTheRunThenDoesAndChangesNothing() {
		List<Long> before = this.rows.generationIds();
		JsonNode dry = this.api.post(Api.RUN + "?dryRun=true").ok();
		assertThat(this.rows.generationIds()).isEqualTo(before);
		assertThat(ledger()).isEmpty();
		assertThat(dry.get("dryRun").booleanValue()).isTrue();
		JsonNode run = clean();
		for (String field : List.of("success", "message", "totalFailedGenerations", "cleanedUpGenerations",
				"recipesAffected", "cleanupDetails", "detailsTruncated")) {
			assertThat(dry.get(field)).as(field).isEqualTo(run.get(field));
		}
		assertThat(ledger()).hasSize(1);
	}

	@Test
	void aNarrowedDryRunAnswersWhatTheRunThenDoes() {
		JsonNode dry = this.api.post(Api.RUN, "{\"recipeId\": 16, \"dryRun\": true}").ok();
		JsonNode run = this.api.post(Api.RUN, "{\"recipeId\": 16}").ok();
		assertThat(dry.get("cleanedUpGenerations").longValue()).isEqualTo(5);
		assertThat(dry.get("cleanupDetails")).isEqualTo(run.get("cleanupDetails"));
		assertThat(dry.get("totalFailedGenerations")).isEqualTo(run.get("totalFailedGenerations"));
	}

	@Test
	void aRunWithNothingToDo() {
		clean();
		JsonNode again = clean();
		assertThat(again.get("cleanedUpGenerations").longValue()).isZero();
		assertThat(again.get("recipesAffected").longValue()).isZero();
		assertThat(again.get("cleanupDetails")).isEmpty();
		assertThat(again.get("detailsTruncated").booleanValue()).isFalse();
	}

	@Test
	void anEmergency() {
		JsonNode dry = this.api.post(Api.EMERGENCY + "?dryRun=true").ok();
		JsonNode answer = this.api.post(Api.EMERGENCY).ok();
		assertThat(answer.propertyNames()).containsExactly("success", "message", "runId", "dryRun", "status", "cutoff",
				"removedCount", "recipesAffected", "rowsKeptReferenced");
		assertThat(answer.get("success").booleanValue()).isTrue();
		assertThat(answer.get("message").stringValue()).isEqualTo("Emergency backlog cleanup completed successfully");
		assertThat(answer.get("removedCount").longValue()).isEqualTo(58);
		assertThat(answer.get("recipesAffected").longValue()).isEqualTo(4);
		assertThat(dry.get("removedCount")).isEqualTo(answer.get("removedCount"));
		assertThat(dry.get("recipesAffected")).isEqualTo(answer.get("recipesAffected"));
		assertThat(dry.get("dryRun").booleanValue()).isTrue();
		Map<String, Object> booked = ledger().get(0);
		assertThat(((Number) booked.get("amount")).longValue()).isEqualTo(58);
	}

	private static Instant time(JsonNode node) {
		assertThat(node.stringValue()).endsWith("Z");
		return Instant.parse(node.stringValue());
	}

	private static List<String> names(JsonNode recipes) {
		return StreamSupport.stream(recipes.spliterator(), false)
			.map((recipe) -> recipe.get("recipeName").stringValue())
			.toList();
	}

}
