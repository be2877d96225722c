package com.delula.retention.policy;

import java.time.Duration;
import java.util.List;

import com.delula.retention.support.Answer;
import com.delula.retention.support.Pages;
import com.delula.retention.support.Service;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Policies on the pages: whoever may edit them sees first what a change does. */
class PolicyPageTests extends OnPolicies {

	@Test
	void aHoldIsToldWhereverItKeepsRows() {
		recipes();
		failures(16, "x", OLD, 3);
		Pages admin = new Pages(this.api.port());
		admin.login("admin", Service.PASSWORD);
		admin.get("/rules/backlog-cleanup/policies/edit");
		admin.post("/rules/backlog-cleanup/policies",
				"id=galaxy&recipeId=16&failureReason=&maxAgeHours=&keepNewest=&hold=true&note=Case+4711");
		String saved = admin.get("/rules/backlog-cleanup/policies?changed=galaxy").text();
		assertThat(saved).contains("The policy galaxy has been saved. It is in force from the next run on.");
		assertThat(admin.get("/rules/backlog-cleanup/policies?changed=other").text()).doesNotContain("has been saved");
		String list = "<a href=\"/rules/backlog-cleanup/policies\">galaxy</a>";
		String group = admin.get("/rules/backlog-cleanup/group?key=16").text();
		assertThat(group)
			.contains("held by the policy " + list + ": Case 4711", "Policies that match its rows",
					"Neither does an emergency, as a policy holds them.")
			.doesNotContain("policy policy", "policy galaxy");
		assertThat(admin.get("/rules/backlog-cleanup/group?key=17").text()).doesNotContain("galaxy");
		for (String kind : List.of("regular", "emergency")) {
			String preview = "/actions/backlog-cleanup/" + kind + "/preview";
			assertThat(admin.get(preview + "?recipeId=16").text().replaceAll("<[^>]*>", ""))
				.contains("Nothing to remove.", "Rows with recipe id 16 stay: held by the policy galaxy: Case 4711.");
			assertThat(admin.get(preview + "?recipeId=17").text()).doesNotContain("galaxy");
			assertThat(admin.get(preview).text()).contains("galaxy");
		}
		admin.get("/rules/backlog-cleanup/policies/delete?id=galaxy");
		assertThat(admin.post("/rules/backlog-cleanup/policies/delete", "id=galaxy").header("Location"))
			.endsWith("/policies?changed=galaxy");
		assertThat(admin.get("/rules/backlog-cleanup/policies?changed=galaxy").text())
			.contains("The policy galaxy has been deleted.");
		assertThat(admin.get("/rules/backlog-cleanup/policies").text()).contains("No policies.", "Case 4711",
				"falls under the policy that matches most columns");
	}

	@Test
	void aPreviewTellsThePoliciesThatItsRowsFallUnder() {
		recipes();
		failures(16, "x", OLD, 60);
		save("fifty", "{\"match\":{\"recipeId\":16},\"keepNewest\":50}");
		Pages admin = new Pages(this.api.port());
		admin.login("admin", Service.PASSWORD);
		String actions = "/actions/backlog-cleanup/";
		assertThat(admin.get(actions + "regular/preview").text().replaceAll("<[^>]*>", "").replaceAll("\\s+", " "))
			.contains("10 rows would be removed", "These policies replace the rule's age or number of newest rows",
					"rows with recipe id 16: keep the 50 newest (policy fifty)");
		assertThat(admin.get(actions + "regular/preview?recipeId=16").text()).contains(">fifty<");
		assertThat(admin.get(actions + "regular/preview?recipeId=17").text()).doesNotContain("fifty");
		assertThat(admin.get(actions + "emergency/preview").text()).doesNotContain("fifty");
	}

	/** A number from before the change is not shown any more. */
	@Test
	void theOverviewCountsAnewAfterAChange() {
		recipes();
		failures(16, "x", OLD, 12);
		Pages admin = new Pages(this.api.port());
		admin.login("admin", Service.PASSWORD);
		awaitDue(admin, 2);
		save("none", "{\"match\":{\"recipeId\":16},\"keepNewest\":0}");
		assertThat(admin.get("/overview/tasks").text()).doesNotContain(due(2));
		awaitDue(admin, 12);
		this.api.send("DELETE", POLICIES + "/none", null).ok();
		assertThat(admin.get("/overview/tasks").text()).doesNotContain(due(12));
		awaitDue(admin, 2);
	}

	private static void awaitDue(Pages pages, int rows) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> pages.get("/overview/tasks").text().contains(due(rows)));
	}

	private static String due(int rows) {
		return "<strong class=\"figure\">" + rows + "</strong>";
	}

	@Test
	void thePageShowsPreviewsAndSaves() {
		recipes();
		failures(16, "x", OLD, 12);
		Pages admin = new Pages(this.api.port());
		admin.login("admin", Service.PASSWORD);
		assertThat(admin.get("/rules/backlog-cleanup/policies").text()).contains("No policies.", "New policy");
		String fields = "id=cats&recipeId=16&failureReason=&maxAgeHours=&keepNewest=0&note=Noise";
		assertThat(admin.get("/rules/backlog-cleanup/policies/edit").text()).contains("Preview")
			.doesNotContain("id=\"preview\"");
		Answer wrong = admin.get("/rules/backlog-cleanup/policies/edit?filled=true&" + fields.replace("=0", "=-1"));
		assertThat(wrong.status()).isEqualTo(400);
		assertThat(wrong.text())
			.contains("Invalid keepNewest=-1", "value=\"16\"", "id=\"keepNewest-error\"", " novalidate")
			.doesNotContain("id=\"preview\"", "pattern=");
		Answer nameless = admin.get("/rules/backlog-cleanup/policies/edit?filled=true&" + fields.replace("cats", ""));
		assertThat(nameless.status()).isEqualTo(400);
		assertThat(nameless.text()).contains("id=\"id-error\">Missing option &#39;id&#39;: must be 1 to 64 lower-case");
		assertThat(
				admin.get("/rules/backlog-cleanup/policies/edit?filled=true&" + fields.replace("cats", "Cats")).text())
			.contains(
					"id=\"id-error\">Invalid id=Cats: must be 1 to 64 lower-case letters, digits and hyphens. Nothing");
		assertThat(admin.get("/rules/backlog-cleanup/policies/edit?filled=true&" + fields.replace("=0", "=")).text())
			.contains("role=\"alert\">A policy needs an effect");
		assertThat(admin.get("/rules/backlog-cleanup/policies/edit?filled=true&" + fields).text())
			.contains("id=\"preview\"", "/policies/preview?", "recipeId=16", "Noise");
		assertThat(admin.get("/rules/backlog-cleanup/policies/preview?" + fields).text().replaceAll("<[^>]*>", ""))
			.contains("10 more rows would be due", "2 rows are due now, 12 would be");
		assertThat(this.api.get(POLICIES).ok().get("items")).isEmpty();
		assertThat(admin.post("/rules/backlog-cleanup/policies", fields).status()).isEqualTo(302);
		assertThat(admin.get("/rules/backlog-cleanup/policies").text().replaceAll("<[^>]*>", ""))
			.contains("recipe id 16", "keep none", "Noise", "(page)");
		assertThat(admin.get("/rules/backlog-cleanup/policies/edit?id=cats").text()).contains("value=\"16\"", "Noise");
		assertThat(admin.get("/rules/backlog-cleanup/policies/delete?id=cats").text().replaceAll("<[^>]*>", ""))
			.contains("10 fewer rows would be due");
		Pages operator = new Pages(this.api.port());
		operator.login("operator", Service.PASSWORD);
		assertThat(operator.get("/rules/backlog-cleanup/policies").text()).contains("cats")
			.doesNotContain("New policy", "Edit");
		assertThat(operator.post("/rules/backlog-cleanup/policies", fields).status()).isEqualTo(403);
		assertThat(operator.get("/rules/backlog-cleanup/policies/edit").status()).isEqualTo(403);
		assertThat(admin.post("/rules/backlog-cleanup/policies/delete", "id=cats").status()).isEqualTo(302);
		assertThat(admin.get("/rules/job-purge/policies").status()).isEqualTo(404);
		assertThat(admin.get("/overview/tasks").text()).contains("policies-backlog-cleanup")
			.doesNotContain("policies-job-purge");
	}

}
