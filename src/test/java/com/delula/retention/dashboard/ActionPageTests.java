package com.delula.retention.dashboard;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import com.delula.retention.support.Answer;
import com.delula.retention.support.Pages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What runs from the pages: who may, what is refused, what is done. */
class ActionPageTests extends OnPages {

	@Test
	void aFormOfAnotherSiteDoesNothing() {
		due(12);
		Answer answer = as("admin").postWithoutToken("/actions/backlog-cleanup/regular", "dryRun=false");
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.text()).contains("no longer valid", "Nothing was done");
		assertThat(this.rows.count("generations")).isEqualTo(12);
	}

	/** Not with a token either, which a neighbouring host could have planted. */
	@ParameterizedTest
	@CsvSource({ "none,https://evil.example.org,403", "same-site,http://localhost,403", "cross-site,null,403",
			"same-origin,https://outside-of-the-proxy.example.org,302" })
	void aFormSaysWhereItComesFrom(String site, String origin, int status) {
		Pages pages = as("admin");
		long runs = this.rows.count("retention_run");
		Answer answer = pages.post("/actions/job-purge/regular", "dryRun=true", "Sec-Fetch-Site", site, "Origin",
				origin);
		assertThat(answer.status()).isEqualTo(status);
		assertThat(this.rows.count("retention_run")).isEqualTo((status == 403) ? runs : runs + 1);
		awaitIdle();
	}

	@ParameterizedTest
	@CsvSource({ "viewer,backlog-cleanup/regular,403", "viewer,job-purge/regular,403",
			"viewer,backlog-cleanup/emergency,403", "operator,backlog-cleanup/emergency,403",
			"operator,backlog-cleanup/regular,302", "operator,job-purge/regular,302",
			"admin,backlog-cleanup/emergency,302" })
	void rolesAreHeldToOnTheServer(String user, String action, int status) {
		Pages pages = as(user);
		assertThat(pages.post("/actions/" + action, "dryRun=true").status()).isEqualTo(status);
		int look = (status == 403) ? 403 : 200;
		assertThat(pages.get("/actions/" + action).status()).isEqualTo(look);
		assertThat(pages.get("/actions/" + action + "/preview").status()).isEqualTo(look);
		awaitIdle();
	}

	@Test
	void aViewerCancelsNothing() {
		assertThat(as("viewer").post("/runs/" + UUID.randomUUID() + "/cancel", "").status()).isEqualTo(403);
		assertThat(as("operator").post("/runs/" + UUID.randomUUID() + "/cancel", "").status()).isEqualTo(404);
	}

	@Test
	void aPreviewSaysWhatWouldGoAndRecordsNothing() {
		due(15);
		long before = this.rows.count("retention_run");
		String preview = as("operator").get("/actions/backlog-cleanup/regular/preview").text();
		assertThat(preview).contains("Remove 5 rows");
		assertThat(this.rows.count("retention_run")).isEqualTo(before);
		assertThat(this.rows.count("generations")).isEqualTo(15);
	}

	@Test
	void aRunIsTheReadersOwnAndComesThroughTheEngine() {
		due(15);
		Answer answer = as("operator").confirm("backlog-cleanup/regular", "", "");
		awaitIdle();
		assertThat(this.rows.count("generations")).isEqualTo(10);
		Map<String, Object> run = this.service.jdbc()
			.sql("SELECT actor, trigger, status, rows_removed FROM retention_run WHERE id::text = :id")
			.param("id", answer.header("Location").replaceAll(".*/", ""))
			.query()
			.singleRow();
		assertThat(run).containsEntry("actor", "operator")
			.containsEntry("trigger", "page")
			.containsEntry("status", "succeeded")
			.containsEntry("rows_removed", 5L);
		String page = as("viewer").get("/runs/" + answer.header("Location").replaceAll(".*/", "")).text();
		assertThat(page).contains("Succeeded", "5 rows", "operator").doesNotContain("every 1s", "Cancel");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "dryRun=", "dryRun=yes", "dryRun=false&dryRun=false", "dryrun=false",
			"dryRun=false&hours=1.5", "dryRun=false&hours=07", "dryRun=false&hours=-1", "dryRun=false&hours=87601",
			"dryRun=false&hours=", "dryRun=false&recipeId=1" })
	void nothingIsGuessedOnAPurge(String form) {
		this.rows.job().completed().age(days(30)).insert();
		Answer answer = as("operator").post("/actions/job-purge/regular", form);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.text()).contains("Nothing was deleted").doesNotContain("id=\"preview\"");
		assertThat(this.rows.count("jobs")).isEqualTo(1);
	}

	@Test
	void aPurgeByHours() {
		this.rows.job().completed().age(Duration.ofHours(5)).insert();
		this.rows.job().completed().age(Duration.ofHours(3)).insert();
		as("operator").confirm("job-purge/regular", "hours=4", "");
		awaitIdle();
		assertThat(this.rows.count("jobs")).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "&typed=", "&typed=11", "&typed=12.0", "&typed=-12", "&typed=all", "&typed=1,2" })
	void anEmergencyWithoutTheNumberIsRefused(String typed) {
		due(12);
		Answer answer = as("admin").confirm("backlog-cleanup/emergency", "", typed);
		assertThat(answer.status()).isEqualTo(409);
		assertThat(answer.text()).contains("Nothing was removed");
		assertThat(this.rows.count("generations")).isEqualTo(12);
	}

	@Test
	void theNumberIsComparedWithThePreview() {
		due(12);
		Pages admin = as("admin");
		assertThat(admin.get("/actions/backlog-cleanup/emergency/preview").text()).contains(">12<");
		due(1);
		assertThat(admin.confirm("backlog-cleanup/emergency", "", "&typed=12").text())
			.contains("you typed 12, but the preview shows 13 rows");
		assertThat(admin.confirm("backlog-cleanup/emergency", "", "&typed=13").status()).isEqualTo(302);
		awaitIdle();
		assertThat(this.rows.count("generations")).isZero();
	}

}
