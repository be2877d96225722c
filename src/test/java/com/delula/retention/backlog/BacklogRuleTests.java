package com.delula.retention.backlog;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.delula.retention.support.Api;
import com.delula.retention.support.OnBothInstallations;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The regular cleanup removes exactly the failures that section 2 names. */
@Tag("core")
class BacklogRuleTests extends OnBothInstallations {

	private static final Duration OLD = Duration.ofHours(24).plusMinutes(1);

	private static final Duration YOUNG = Duration.ofHours(24).minusMinutes(1);

	private static final List<String> OTHER_STATES = List.of("pending", "processing", "completed", "cancelled",
			"FAILED");

	/** Ten newer failures, so that only the age decides about the rows under test. */
	private List<Long> tenNewest(Long recipe) {
		return this.rows.generation().failed().recipe(recipe).age(Duration.ofMinutes(1)).insert(10);
	}

	@Test
	void onlyFailuresOfTheBacklogUserThatAreOlderGo() {
		List<Long> kept = new ArrayList<>(tenNewest(16L));
		long gone = this.rows.generation().failed().recipe(16).age(OLD).insert();
		kept.add(this.rows.generation().failed().recipe(16).age(YOUNG).insert());
		for (Duration age : List.of(OLD, YOUNG, Duration.ofDays(400))) {
			for (String state : OTHER_STATES) {
				kept.add(this.rows.generation().status(state).recipe(16).age(age).insert());
			}
			for (String state : List.of("failed", "pending", "completed")) {
				kept.add(this.rows.generation().user("alice").status(state).recipe(16).age(age).insert());
			}
		}
		assertThat(clean().get("cleanedUpGenerations").asLong()).isEqualTo(1);
		assertThat(this.rows.generationIds()).isEqualTo(kept.stream().sorted().toList()).doesNotContain(gone);
	}

	@Test
	void aRowsTimeIsItsUpdateElseItsCreation() {
		List<Long> kept = new ArrayList<>(tenNewest(16L));
		kept.add(this.rows.generation().failed().recipe(16).created(OLD).updated(YOUNG).insert());
		kept.add(this.rows.generation().failed().recipe(16).created(YOUNG).updatedAt(null).insert());
		this.rows.generation().failed().recipe(16).created(YOUNG).updated(OLD).insert();
		this.rows.generation().failed().recipe(16).created(OLD).updatedAt(null).insert();
		this.rows.generation().failed().recipe(16).createdAt(null).updated(OLD).insert();
		assertThat(clean().get("cleanedUpGenerations").asLong()).isEqualTo(3);
		assertThat(this.rows.generationIds()).isEqualTo(kept);
	}

	@Test
	void aRowWithoutAnyTimeIsNewestAndNeverTooOld() {
		List<Long> timeless = this.rows.generation().failed().recipe(16).withoutTimes().insert(12);
		this.rows.generation().failed().recipe(16).age(OLD).insert(3);
		assertThat(clean().get("cleanedUpGenerations").asLong()).isEqualTo(3);
		assertThat(this.rows.generationIds()).isEqualTo(timeless);
	}

	@Test
	void aRowWithoutTimeTakesOneOfTheTenPlaces() {
		this.rows.generation().failed().recipe(16).age(Duration.ofHours(30)).insert();
		List<Long> kept = new ArrayList<>(
				this.rows.generation().failed().recipe(16).age(Duration.ofHours(29)).insert(9));
		kept.add(this.rows.generation().failed().recipe(16).withoutTimes().insert());
		clean();
		assertThat(this.rows.generationIds()).isEqualTo(kept);
	}

	@Test
	void timesBeyondTheCalendarAreNoReasonToFail() {
		List<Long> kept = tenNewest(16L);
		this.rows.generation().failed().recipe(16).at(Instant.parse("0001-01-01T00:00:00Z")).insert();
		long future = this.rows.generation().failed().recipe(16).at(Instant.parse("9999-12-31T00:00:00Z")).insert();
		this.rows.generation().failed().recipe(16).value("updated_at", "-infinity").insert();
		long never = this.rows.generation().failed().recipe(16).value("updated_at", "infinity").insert();
		assertThat(clean().get("cleanedUpGenerations").asLong()).isEqualTo(2);
		assertThat(this.rows.generationIds()).containsAll(kept).contains(future, never).hasSize(12);
	}

	@Test
	void tenAreKeptAndTheEleventhGoes() {
		List<Long> ten = this.rows.generation().failed().recipe(10).age(OLD).insert(10);
		this.rows.generation().failed().recipe(11).age(OLD.plusHours(1)).insert();
		List<Long> tenOfEleven = this.rows.generation().failed().recipe(11).age(OLD).insert(10);
		assertThat(clean().get("cleanedUpGenerations").asLong()).isEqualTo(1);
		assertThat(this.rows.generationIds()).containsAll(ten).containsAll(tenOfEleven).hasSize(20);
	}

	@Test
	void amongEqualTimesTheHigherIdsAreKept() {
		Instant then = this.rows.now().minus(Duration.ofDays(3));
		for (long id : new long[] { 9, 100, 20, 1000, 3, 11, 2, 30, 101, 99, 12, 10 }) {
			this.rows.generation().id(id).failed().recipe(16).at(then).insert();
		}
		assertThat(clean().get("cleanedUpGenerations").asLong()).isEqualTo(2);
		assertThat(this.rows.generationIds()).containsExactly(9L, 10L, 11L, 12L, 20L, 30L, 99L, 100L, 101L, 1000L);
	}

	@Test
	void microsecondsDecideAboutTheOrder() {
		Instant then = Instant.parse("2026-03-08T06:00:00.000001Z");
		this.rows.generation().id(500).failed().recipe(16).at(then).insert();
		for (long id = 1; id <= 10; id++) {
			this.rows.generation().id(id).failed().recipe(16).at(then.plusNanos(1000)).insert();
		}
		clean();
		assertThat(this.rows.generationIds()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
	}

	@Test
	void rowsWithoutRecipeAreAGroupOfTheirOwn() {
		List<Long> kept = new ArrayList<>(this.rows.generation().failed().recipe(16).age(OLD).insert(10));
		this.rows.generation().failed().recipe(null).age(OLD.plusHours(1)).insert(2);
		kept.addAll(this.rows.generation().failed().recipe(null).age(OLD).insert(10));
		kept.addAll(this.rows.generation().failed().recipe(0).age(OLD).insert(10));
		assertThat(clean().get("cleanedUpGenerations").asLong()).isEqualTo(2);
		assertThat(this.rows.generationIds()).isEqualTo(kept);
	}

	@Test
	void theTenNewestAreCountedAmongAllFailuresHoweverNarrowed() {
		List<Long> kept = new ArrayList<>(
				this.rows.generation().failed().recipe(16).failureReason("outage").age(OLD).insert(6));
		kept.addAll(this.rows.generation().failed().recipe(16).failureReason("safety").age(OLD).insert(4));
		List<Long> otherReason = this.rows.generation()
			.failed()
			.recipe(16)
			.failureReason("safety")
			.age(OLD.plusHours(1))
			.insert(2);
		List<Long> otherRecipe = this.rows.generation().failed().recipe(17).failureReason("outage").age(OLD).insert(13);
		List<Long> gone = this.rows.generation()
			.failed()
			.recipe(16)
			.failureReason("outage")
			.age(OLD.plusHours(2))
			.insert(3);
		JsonNode answer = this.api.post(Api.RUN, "{\"recipeId\": 16, \"failureReason\": \"outage\"}").ok();
		assertThat(answer.get("cleanedUpGenerations").asLong()).isEqualTo(3);
		assertThat(this.rows.generationIds()).containsAll(kept)
			.containsAll(otherReason)
			.containsAll(otherRecipe)
			.doesNotContainAnyElementsOf(gone);
		this.api.post(Api.RUN + "?recipeId=16").ok();
		assertThat(this.rows.generationIds()).containsAll(kept).containsAll(otherRecipe).hasSize(23);
		this.api.post(Api.RUN + "?failureReason=outage").ok();
		assertThat(this.rows.generationIds()).containsAll(kept).hasSize(20);
	}

	@Test
	void aReasonIsComparedExactly() {
		tenNewest(16L);
		for (String reason : List.of("out", "outage ", "OUTAGE", "outage%", "out_ge", "o'u\"t\\age", "дождь")) {
			this.rows.generation().failed().recipe(16).failureReason(reason).age(OLD).insert();
		}
		this.rows.generation().failed().recipe(16).failureReason(null).age(OLD).insert();
		for (String none : List.of("outage", "%", "out__e", "' OR true --")) {
			assertThat(this.api.post(Api.RUN, "{\"failureReason\": \"" + none + "\"}")
				.ok()
				.get("cleanedUpGenerations")
				.asLong()).as(none).isZero();
		}
		this.api.post(Api.RUN + "?failureReason=o%27u%22t%5Cage").ok();
		this.api.post(Api.RUN, "{\"failureReason\": \"дождь\"}").ok();
		assertThat(this.jdbc.sql("SELECT failure_reason FROM generations WHERE failure_reason IS NOT NULL")
			.query(String.class)
			.list()).containsExactlyInAnyOrder("out", "outage ", "OUTAGE", "outage%", "out_ge");
	}

	@Test
	void manyRowsOfManyRecipesGoInOneRun() {
		for (long recipe = 1; recipe <= 30; recipe++) {
			this.rows.generation().failed().recipe(recipe).age(OLD.plusMinutes(recipe)).insert(200);
		}
		assertThat(clean().get("cleanedUpGenerations").asLong()).isEqualTo(30 * 190);
		assertThat(this.rows.count("generations")).isEqualTo(300);
	}

}
