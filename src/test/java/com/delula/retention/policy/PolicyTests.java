package com.delula.retention.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.delula.retention.support.Answer;
import com.delula.retention.support.Api;
import com.delula.retention.support.OtherSession;
import com.delula.retention.support.Service;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Exceptions to the backlog cleanup, saved over HTTP: which ids survive. */
@Tag("core")
class PolicyTests extends OnPolicies {

	@Test
	void mostColumnsGoFirstAndThenTheColumnThatIsListedFirst() {
		recipes();
		save("reason", "{\"match\":{\"failureReason\":\"timeout\"},\"maxAgeHours\":1,\"keepNewest\":0}");
		save("a-recipe", "{\"match\":{\"recipeId\":16},\"maxAgeHours\":100}");
		save("both", "{\"match\":{\"recipeId\":17,\"failureReason\":\"timeout\"},\"keepNewest\":2}");
		List<Long> kept = new ArrayList<>(failures(16, "timeout", OLD, 12));
		failures(null, "timeout", YOUNG, 12);
		failures(17, "timeout", OLD, 3);
		kept.addAll(failures(17, "timeout", YOUNG, 1));
		kept.addAll(failures(17, "other", OLD, 10));
		assertThat(clean().get("cleanedUpGenerations").longValue()).isEqualTo(14);
		assertThat(this.rows.generationIds()).containsAll(kept).hasSize(kept.size() + 1);
		assertThat(this.api.get(POLICIES).ok().get("items").valueStream().map((item) -> item.get("id").asString()))
			.containsExactly("both", "a-recipe", "reason");
	}

	/** A group's newest are counted among its rows under the same policy. */
	@Test
	void theNewestAreCountedUnderTheSamePolicy() {
		recipes();
		save("none", "{\"match\":{\"recipeId\":16,\"failureReason\":null},\"keepNewest\":1,\"maxAgeHours\":0}");
		List<Long> kept = new ArrayList<>(failures(16, "x", OLD, 10));
		failures(16, null, YOUNG, 3);
		kept.add(this.rows.generation().failed().recipe(16).failureReason(null).withoutTimes().insert());
		clean();
		assertThat(this.rows.generationIds()).isEqualTo(kept);
	}

	@Test
	void aHoldKeepsEveryMatchingRowWhateverIsAsked() {
		recipes();
		save("hold", "{\"match\":{\"recipeId\":null},\"hold\":true}");
		save("more", "{\"match\":{\"recipeId\":null,\"failureReason\":\"x\"},\"maxAgeHours\":0,\"keepNewest\":0}");
		save("all", "{\"match\":{\"recipeId\":16},\"maxAgeHours\":0,\"keepNewest\":0}");
		List<Long> held = new ArrayList<>(failures(null, "x", OLD, 12));
		held.add(this.rows.generation().failed().recipe(null).withoutTimes().insert());
		failures(16, "x", YOUNG, 2);
		clean();
		assertThat(this.rows.generationIds()).isEqualTo(held);
		failures(16, "x", YOUNG, 2);
		assertThat(this.jdbc.sql("SELECT retention_run_backlog_cleanup()").query(Long.class).single()).isEqualTo(2);
		failures(17, "x", YOUNG, 2);
		assertThat(this.api.post(Api.EMERGENCY).ok().get("removedCount").longValue()).isEqualTo(2);
		this.api.post(RULE + "/run", "{\"hours\":0,\"failureReason\":\"x\"}").ok();
		this.api.post(RULE + "/emergency").ok();
		assertThat(this.rows.generationIds()).isEqualTo(held);
		assertThat(this.api.get(RULE + "/status").ok().get("rowsDue").longValue()).isZero();
	}

	/** The age for one run is that of the rule; a policy keeps its own. */
	@Test
	void anAgeForOneRunChangesNoPolicy() {
		recipes();
		save("long", "{\"match\":{\"recipeId\":16},\"maxAgeHours\":48,\"keepNewest\":0}");
		save("none", "{\"match\":{\"recipeId\":17},\"keepNewest\":0}");
		List<Long> kept = failures(16, "x", OLD, 2);
		failures(17, "x", YOUNG, 2);
		this.api.post(RULE + "/run", "{\"hours\":0}").ok();
		assertThat(this.rows.generationIds()).isEqualTo(kept);
	}

	@Test
	void aRunThatIsUnderWayKeepsThePoliciesOfItsStart() {
		recipes();
		save("hold", "{\"match\":{\"recipeId\":16},\"hold\":true}");
		List<Long> held = failures(16, "x", OLD, 12);
		failures(17, "x", OLD, 12);
		Answer begun;
		try (OtherSession other = OtherSession.begin(this.service.database())) {
			other.sql("LOCK TABLE generations IN ACCESS EXCLUSIVE MODE");
			begun = this.api.with("Prefer", "respond-async").post(RULE + "/run");
			this.api.send("DELETE", POLICIES + "/hold", null).ok();
		}
		String run = begun.header("Location");
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> !this.api.get(run).ok().get("status").asString().equals("running"));
		assertThat(this.api.get(run).ok().get("rowsRemoved").longValue()).isEqualTo(2);
		assertThat(this.rows.generationIds()).containsAll(held).hasSize(22);
		assertThat(this.jdbc.sql("SELECT policies #>> '{0,id}' FROM retention_run").query(String.class).single())
			.isEqualTo("hold");
	}

	@Test
	void aPreviewTellsWhatBecomesDueAndSavesNothing() {
		recipes();
		failures(16, "x", OLD, 15);
		failures(16, "timeout", YOUNG, 4);
		failures(17, "x", YOUNG, 7);
		assertThat(this.api.get(RULE + "/status").ok().get("rowsDue").longValue()).isEqualTo(9);
		String policy = "{\"match\":{\"recipeId\":16},\"maxAgeHours\":24,\"keepNewest\":20}";
		JsonNode fewer = put("cats?dryRun=true", policy).ok();
		assertThat(fewer.get("dueBefore") + " " + fewer.get("dueAfter") + " " + fewer.get("moreDue") + " "
				+ fewer.get("fewerDue"))
			.isEqualTo("9 0 0 9");
		save("cats", policy);
		assertThat(this.api.get(RULE + "/status").ok().get("rowsDue").longValue()).isZero();
		JsonNode mixed = put("cats?dryRun=true",
				"{\"match\":{\"failureReason\":\"timeout\"},\"maxAgeHours\":1,\"keepNewest\":0}")
			.ok();
		assertThat(mixed.get("dueAfter") + " " + mixed.get("moreDue")).isEqualTo("9 9");
		assertThat(this.api.send("DELETE", POLICIES + "/cats?dryRun=true", null).ok().get("moreDue").longValue())
			.isEqualTo(9);
		Api json = this.api.with("Content-Type", "application/json");
		assertThat(json.send("DELETE", POLICIES + "/cats", "{\"dryRun\":true}").ok().get("moreDue").longValue())
			.isEqualTo(9);
		json.send("DELETE", POLICIES + "/cats", "{\"dryrun\":true}").problem(400);
		assertThat(this.api.get(POLICIES).ok().get("items")).hasSize(1);
		assertThat(this.jdbc.sql("SELECT count(*) FROM retention_policy_change").query(Long.class).single()).isOne();
	}

	@Test
	void whoChangedWhatIsKept() {
		recipes();
		Api root = this.api.bearer("admin-token").with("Content-Type", "application/json");
		root.send("PUT", POLICIES + "/cats", "{\"match\":{\"recipeId\":16},\"hold\":true,\"note\":\"Lawyers\"}").ok();
		save("cats", "{\"match\":{\"recipeId\":16},\"maxAgeHours\":1}");
		this.api.send("DELETE", POLICIES + "/cats", null).ok();
		this.api.send("DELETE", POLICIES + "/cats", null).problem(404);
		// The service is shared with other tests, which change policies too.
		JsonNode changes = this.api.as("viewer", Service.PASSWORD).get(POLICIES).ok().get("changes");
		assertThat(changes.valueStream()
			.filter((change) -> change.get("policy").asString().equals("cats"))
			.limit(3)
			.map((change) -> change.get("actor").asString() + " " + change.get("door").asString() + " "
					+ change.get("before").path("hold") + " " + change.get("after").path("hold")))
			.containsExactly("admin api false ", "admin api true false", "root api  true");
		assertThat(changes.get(1).get("before").get("note").asString()).isEqualTo("Lawyers");
		assertThat(changes.get(2).get("after").get("match").toString()).isEqualTo("{\"recipeId\":16}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "{\"hold\":true}", "{\"match\":{},\"hold\":true}",
			"{\"match\":{\"recipeId\":16}}", "{\"match\":{\"recipeId\":16},\"hold\":false}",
			"{\"match\":{\"recipeId\":16},\"hold\":\"true\"}", "{\"match\":{\"recipeId\":16},\"hold\":null}",
			"{\"match\":{\"recipeId\":\"16\"},\"hold\":true}", "{\"match\":{\"recipeId\":1.5},\"hold\":true}",
			"{\"match\":{\"recipeId\":999},\"hold\":true}", "{\"match\":{\"recipe_id\":16},\"hold\":true}",
			"{\"match\":{\"status\":null},\"hold\":true}", "{\"match\":{\"failureReason\":\"\"},\"hold\":true}",
			"{\"match\":{\"failureReason\":[]},\"hold\":true}",
			"{\"match\":{\"recipeId\":16,\"recipeId\":17},\"hold\":true}", "{\"match\":\"recipeId\",\"hold\":true}",
			"{\"match\":{\"recipeId\":16},\"maxAgeHours\":-1}", "{\"match\":{\"recipeId\":16},\"maxAgeHours\":87601}",
			"{\"match\":{\"recipeId\":16},\"maxAgeHours\":1.0}", "{\"match\":{\"recipeId\":16},\"keepNewest\":1000001}",
			"{\"match\":{\"recipeId\":16},\"keepnewest\":1}",
			"{\"match\":{\"recipeId\":16},\"hold\":true,\"note\":\"\"}",
			"{\"match\":{\"recipeId\":16},\"hold\":true,\"hold\":true}" })
	void nothingIsGuessed(String policy) {
		recipes();
		assertThat(put("cats", policy).problem(400).get("detail").asString()).endsWith(" Nothing was changed.");
		assertThat(this.api.get(POLICIES).ok().get("items")).isEmpty();
	}

	@Test
	void whatCannotBeIsRefused() {
		recipes();
		String policy = "{\"match\":{\"recipeId\":16},\"hold\":true}";
		put("Cats", policy).problem(400);
		put("c".repeat(65), policy).problem(400);
		put("cats?dryRun=yes", policy).problem(400);
		put("cats?dryrun=true", policy).problem(400);
		this.api.with("Content-Type", "text/plain").send("PUT", POLICIES + "/cats", policy).problem(415);
		this.api.as("operator", Service.PASSWORD).send("DELETE", POLICIES + "/cats", null).problem(403);
		this.api.bearer("operator-token").send("PUT", POLICIES + "/cats", policy).problem(403);
		save("cats", policy);
		put("again", policy).problem(409);
		save("cats", policy);
		JsonNode purge = this.api.with("Content-Type", "application/json")
			.send("PUT", "/api/admin/rules/job-purge/policies/x", policy)
			.problem(400);
		assertThat(purge.get("detail").asString()).contains("job-purge", "narrow-by");
		assertThat(this.api.get("/api/admin/rules/job-purge/policies").ok().get("items")).isEmpty();
		this.api.get("/api/admin/rules/nothing/policies").problem(404);
		assertThat(this.api.get(POLICIES).ok().get("items")).hasSize(1);
	}

}
