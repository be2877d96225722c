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

/** The emergency cleanup removes every failure that there was when it started. */
@Tag("core")
class EmergencyTests extends OnBothInstallations {

	@Test
	void everyFailureGoesWhateverItsAge() {
		this.rows.generation().failed().recipe(16).insert(12);
		this.rows.generation().failed().recipe(16).age(Duration.ofDays(300)).insert();
		this.rows.generation().failed().recipe(null).withoutTimes().insert(2);
		this.rows.generation().failed().recipe(17).createdAt(null).updated(Duration.ofHours(3)).insert();
		this.rows.generation().failed().recipe(17).updatedAt(null).insert();
		this.rows.generation().failed().recipe(17).at(this.rows.now().plus(Duration.ofDays(3))).insert();
		this.rows.generation().failed().recipe(17).at(Instant.parse("9999-12-31T00:00:00Z")).insert();
		this.rows.generation().failed().recipe(17).value("updated_at", "infinity").insert();
		this.rows.generation().failed().recipe(17).value("updated_at", "-infinity").insert();
		JsonNode answer = this.api.post(Api.EMERGENCY).ok();
		assertThat(answer.get("removedCount").longValue()).isEqualTo(21);
		assertThat(answer.get("recipesAffected").longValue()).isEqualTo(3);
		assertThat(this.rows.generationIds()).isEmpty();
	}

	@Test
	void otherStatesAndOtherUsersAreNotTouched() {
		List<Long> kept = new ArrayList<>();
		for (String state : List.of("pending", "processing", "completed", "cancelled", "FAILED")) {
			kept.add(this.rows.generation().status(state).age(Duration.ofDays(9)).insert());
		}
		for (String state : List.of("failed", "pending", "completed")) {
			kept.add(this.rows.generation().user("alice").status(state).age(Duration.ofDays(9)).insert());
		}
		this.rows.generation().failed().age(Duration.ofDays(9)).insert();
		this.api.post(Api.EMERGENCY).ok();
		assertThat(this.rows.generationIds()).isEqualTo(kept);
	}

	@Test
	void optionsNarrowIt() {
		List<Long> kept = new ArrayList<>(this.rows.generation().failed().recipe(16).failureReason("safety").insert(3));
		this.rows.generation().failed().recipe(16).failureReason("outage").insert(4);
		kept.addAll(this.rows.generation().failed().recipe(17).failureReason("outage").insert(5));
		kept.addAll(this.rows.generation().failed().recipe(null).failureReason("outage").insert(6));
		String narrowed = Api.EMERGENCY + "?recipeId=16&failureReason=outage";
		assertThat(this.api.post(narrowed + "&dryRun=true").ok().get("removedCount").longValue()).isEqualTo(4);
		assertThat(this.api.post(narrowed).ok().get("removedCount").longValue()).isEqualTo(4);
		assertThat(this.rows.generationIds()).isEqualTo(kept);
		assertThat(this.api.post(Api.EMERGENCY, "{\"failureReason\":\"outage\"}").ok().get("removedCount").longValue())
			.isEqualTo(11);
		assertThat(this.rows.count("generations")).isEqualTo(3);
	}

	@Test
	void theLedgerSaysThatItWasOne() {
		this.rows.generation().failed().insert(2);
		this.api.post(Api.EMERGENCY).ok();
		assertThat(ledger()).singleElement().satisfies((row) -> {
			assertThat(row.get("type")).isEqualTo("backlog_cleanup");
			assertThat(row.get("description").toString()).containsIgnoringCase("emergency").contains("2");
		});
	}

}
