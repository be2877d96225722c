package com.delula.retention.admin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.delula.retention.policy.PolicyStore;
import com.delula.retention.rule.Policy;
import com.delula.retention.support.Api;
import com.delula.retention.support.Rows;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase.Installation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of one row, and why. */
class RowTests {

	private static final String FAILURES = "/api/admin/rules/backlog-cleanup/rows/";

	private static final String JOBS_BY_KEY = "/api/admin/rules/job-purge/rows";

	private static final String JOBS = JOBS_BY_KEY + "/";

	private final Service service = Service.shared(Installation.EXISTING);

	private final Api api = this.service.api();

	private final Rows rows = this.service.database().rows();

	@BeforeEach
	void empty() {
		this.rows.clear();
		this.service.jdbc().sql("DELETE FROM retention_run").update();
	}

	@AfterEach
	void withoutPolicies() {
		this.service.jdbc().sql("DELETE FROM retention_policy").update();
	}

	private JsonNode row(Object key) {
		return this.api.get(FAILURES + key).ok();
	}

	private static void says(JsonNode row, String verdict, String because) {
		assertThat(row.get("verdict").asString()).isEqualTo(verdict);
		assertThat(row.get("because").asString()).isEqualTo(because);
	}

	private void policy(String id, Map<String, String> match, Integer age, Integer keep, boolean hold) {
		this.service.bean(PolicyStore.class)
			.save("backlog-cleanup", new Policy(id, Map.copyOf(match), age, keep, hold, "see ticket 7"), "x", "api");
	}

	@Test
	void ofAGroup() {
		long recipe = this.rows.recipe().name("Cat Olympic Diving").insert();
		List<Long> ids = this.rows.generation().failed().recipe(recipe).age(Duration.ofHours(30)).insert(12);
		JsonNode kept = row(ids.get(8));
		assertThat(kept.propertyNames()).containsExactly("success", "rule", "table", "key", "verdict", "because",
				"time", "group", "position", "keepNewest", "maxAgeHours", "policy", "dueAt", "runId", "condition",
				"referencedBy");
		says(kept, "kept-newest",
				"It is number 4 of the 10 newest failures of recipe " + recipe + " (Cat Olympic Diving).");
		assertThat(kept.get("position").toString()).isEqualTo("4");
		assertThat(kept.get("group").asString()).isEqualTo(String.valueOf(recipe));
		assertThat(kept.get("maxAgeHours").toString()).isEqualTo("24");
		says(row(ids.get(0)), "due",
				"It is older than 24 hours and number 12, not among the 10 newest failures of recipe " + recipe
						+ " (Cat Olympic Diving). The next run removes it.");
		says(row(this.rows.generation().failed().recipe(null).age(Duration.ofDays(9)).insert(1).get(0)), "kept-newest",
				"It is number 1 of the 10 newest failures without recipe.");
	}

	@Test
	void ofSomeAge() {
		List<Long> ids = this.rows.generation().failed().recipe(16).age(Duration.ofHours(2)).insert(11);
		JsonNode young = row(ids.get(0));
		assertThat(young.get("verdict").asString()).isEqualTo("too-young");
		assertThat(Duration.between(Instant.parse(young.get("time").asString()),
				Instant.parse(young.get("dueAt").asString())))
			.isEqualTo(Duration.ofHours(24));
		List<Long> timeless = this.rows.generation().failed().recipe(17).withoutTimes().insert(11);
		JsonNode endless = row(timeless.get(0));
		says(endless, "too-young", "It has no time, so it counts as new and is never removed by age.");
		assertThat(endless.get("time").isNull() && endless.get("dueAt").isNull()).isTrue();
	}

	@Test
	void aRowThatTheLastRunLeftSaysSo() {
		this.api.post(Api.RUN).ok();
		List<Long> ids = this.rows.generation().failed().recipe(16).age(Duration.ofHours(30)).insert(11);
		assertThat(row(ids.get(0)).get("because").asString()).contains(
				" UTC left it: it was kept then (among the newest, by a policy, a setting or a lock), or became a candidate only later. ")
			.endsWith(" The next run removes it.");
		this.service.jdbc()
			.sql("UPDATE generations SET updated_at = updated_at + interval '5 hours 59 minutes'")
			.update();
		this.service.jdbc().sql("UPDATE retention_run SET started_at = started_at - interval '1 hour'").update();
		assertThat(row(ids.get(0)).get("because").asString()).doesNotContain("left it");
	}

	@Test
	void underAPolicy() {
		List<Long> ids = this.rows.generation().failed().recipe(16).age(Duration.ofHours(2)).insert(3);
		policy("sixteen", Map.of("recipe_id", "16"), 1, 2, false);
		JsonNode due = row(ids.get(0));
		assertThat(due.get("because").asString())
			.startsWith("It is older than 1 hour and number 3, not among the 2 newest ")
			.endsWith(", under the policy sixteen. The next run removes it.");
		assertThat(List.of(due.get("policy").asString(), due.get("keepNewest").toString(),
				due.get("maxAgeHours").toString()))
			.containsExactly("sixteen", "2", "1");
		this.service.jdbc().sql("UPDATE generations SET failure_reason = 'outage'").update();
		policy("legal", Map.of("failure_reason", "outage"), null, null, true);
		says(row(ids.get(0)), "held", "The policy legal holds it: see ticket 7.");
		JsonNode held = row(ids.get(0));
		assertThat(held.get("policy").asString()).isEqualTo("legal");
		for (String other : List.of("position", "keepNewest", "maxAgeHours")) {
			assertThat(held.get(other).isNull()).as(other).isTrue();
		}
	}

	@Test
	void thatTheRuleDoesNotCover() {
		long id = this.rows.generation().failed().recipe(16).age(Duration.ofDays(9)).insert(1).get(0);
		this.service.jdbc().sql("UPDATE generations SET status = 'pending'").update();
		says(row(id), "not-covered",
				"Its status is pending; the rule covers only failed. No run of this rule removes it as it is.");
		assertThat(row(id).get("condition").asString()).isEqualTo("status");
	}

	@Test
	void thatIsReferredTo() {
		Duration old = Duration.ofDays(9);
		String kept = this.rows.job().completed().age(old).insert();
		this.rows.upscaleJob(kept).processing().age(old).insert();
		String free = this.rows.job().failed().age(old).insert();
		String upscale = this.rows.upscaleJob(free).completed().age(old).insert();
		says(this.api.get(JOBS + kept + "?table=jobs").ok(), "referenced",
				"It is older than 48 hours. But a row of upscale_jobs refers to it and stays.");
		assertThat(this.api.get(JOBS + free + "?table=jobs").ok().get("verdict").asString()).isEqualTo("due");
		assertThat(this.api.get(JOBS + upscale + "?table=upscale_jobs").ok().get("verdict").asString())
			.isEqualTo("due");
	}

	/**
	 * A slash, a backslash, a percent sign or a semicolon cannot be part of an address.
	 */
	@Test
	void withAnyKey() {
		for (String key : List.of("a/b", "a\\b", "50%", "a;b=1", "..", "//", " ", "ü, \u4e16", "'\"",
				"x".repeat(2000))) {
			this.rows.job().id(key).completed().age(Duration.ofDays(9)).insert();
			String encoded = URLEncoder.encode(key, StandardCharsets.UTF_8);
			JsonNode row = this.api.get(JOBS_BY_KEY + "?table=jobs&key=" + encoded).ok();
			assertThat(row.get("key").asString()).isEqualTo(key);
			assertThat(row.get("verdict").asString()).as(key).isEqualTo("due");
		}
		for (String key : List.of("a%2Fb", "a%5Cb", "50%25", "a%3Bb")) {
			assertThat(this.api.get(JOBS + key + "?table=jobs").problem(400).get("detail").asString())
				.endsWith("/rows?key=…");
			assertThat(this.api.send("POST", JOBS + key, "{}").problem(400).get("detail").asString())
				.isEqualTo("The request cannot be understood.");
		}
		this.api.get(JOBS + "a/b?table=jobs").problem(404);
		assertThat(this.api.get(JOBS_BY_KEY + "?table=jobs&key=").ok().get("verdict").asString()).isEqualTo("unknown");
		for (String query : List.of("", "?table=jobs", "?table=jobs&key=a&key=b", "?table=jobs&key=%00",
				"?key=a&table=jobs&table=jobs")) {
			this.api.get(JOBS_BY_KEY + query).problem(400);
		}
	}

	@Test
	void ofWhichNothingIsKnown() {
		says(row(77), "unknown", "There is no row with this key in generations. The rule has no undo window, so removed"
				+ " rows are not kept.");
		for (String key : List.of("x", "99999999999999999999999", "1,2", "%20")) {
			assertThat(this.api.get(FAILURES + key).problem(400).get("detail").asString()).contains("Invalid key=",
					": must be a value of id (");
		}
		assertThat(this.api.get(JOBS + "x").problem(400).get("detail").asString())
			.isEqualTo("Missing option 'table': must be one of upscale_jobs, jobs.");
		assertThat(this.api.get(JOBS + "x?table=users").problem(400).get("detail").asString())
			.isEqualTo("Invalid table=users: must be one of upscale_jobs, jobs.");
	}

}
