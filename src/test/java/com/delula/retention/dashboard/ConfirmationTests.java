package com.delula.retention.dashboard;

import java.time.Duration;

import com.delula.retention.support.Answer;
import com.delula.retention.support.OnEmptyTables;
import com.delula.retention.support.Pages;
import com.delula.retention.support.Service;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A removal is armed for exactly what was previewed, and for nothing else. */
class ConfirmationTests extends OnEmptyTables {

	private Pages admin;

	@BeforeEach
	void rowsThatARunWouldRemove() {
		this.rows.recipe().id(16).name("Cat Olympic Diving").insert();
		this.rows.generation().failed().recipe(16).age(Duration.ofDays(3)).insert(12);
		this.rows.generation().failed().recipe(17).age(Duration.ofDays(3)).insert(13);
		this.rows.job().completed().age(Duration.ofHours(5)).insertIds(3);
		this.admin = new Pages(this.api.port());
		this.admin.login("admin", Service.PASSWORD);
	}

	@AfterEach
	void idle() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> this.jdbc.sql("SELECT count(*) FROM retention_run WHERE status = 'running'")
				.query(Long.class)
				.single() == 0);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"job-purge/regular|hours=07|hours|07|Invalid hours=07: must be a whole number from 0 to 87600. Nothing was deleted.",
			"job-purge/regular|hours=1.5|hours|1.5|Invalid hours=1.5: must be a whole number from 0 to 87600. Nothing was deleted.",
			"backlog-cleanup/regular|recipeId=abc&failureReason=x|recipeId|abc|Invalid recipeId=abc: must be the id of a recipe",
			"backlog-cleanup/regular|recipeId=99|recipeId|99|Unknown recipeId=99: no such recipe, and no failed generation has it.",
			"backlog-cleanup/emergency|recipeId=016|recipeId|016|Invalid recipeId=016: must be the id of a recipe" })
	void aRejectedFieldKeepsWhatWasTypedAndArmsNothing(String action, String query, String field, String typed,
			String error) {
		Answer answer = this.admin.get("/actions/" + action + "?" + query);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.text()).contains("value=\"" + typed + "\"", "id=\"" + field + "-error\"", error)
			.doesNotContain("id=\"preview\"", "/preview", "Remove ");
		assertThat(this.admin.get("/actions/" + action + "/preview?" + query).status()).isEqualTo(400);
		assertThat(this.admin.post("/actions/" + action, "dryRun=false&" + query).text()).contains(error);
		assertThat(runs()).isZero();
	}

	@Test
	void anUnknownFieldIsToldAboveTheForm() {
		Answer answer = this.admin.get("/actions/backlog-cleanup/regular?recipeid=16");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.text())
			.contains("Unknown option &#39;recipeid&#39;. Valid options: dryRun, expectedRows, recipeId");
	}

	@Test
	void whatWasNotPreviewedIsNotRemoved() {
		Answer answer = this.admin.post("/actions/backlog-cleanup/regular", "dryRun=false&recipeId=16");
		assertThat(answer.status()).isEqualTo(409);
		assertThat(answer.text()).contains("these options have not been previewed", "value=\"16\"");
		assertThat(this.rows.count("generations")).isEqualTo(25);
	}

	@Test
	void aPreviewOfOtherOptionsConfirmsNothing() {
		String narrowed = previewed("/actions/backlog-cleanup/regular/preview?recipeId=16");
		for (String form : new String[] { "", "&recipeId=17", "&recipeId=16&failureReason=x" }) {
			assertThat(this.admin
				.post("/actions/backlog-cleanup/regular", "dryRun=false&expectedRows=2&previewed=" + narrowed + form)
				.status()).isEqualTo(409);
		}
		assertThat(this.admin
			.post("/actions/backlog-cleanup/emergency",
					"dryRun=false&typed=12&expectedRows=2&recipeId=16&previewed=" + narrowed)
			.status()).isEqualTo(409);
		Pages other = new Pages(this.api.port());
		other.login("operator", Service.PASSWORD);
		assertThat(other
			.post("/actions/backlog-cleanup/regular", "dryRun=false&expectedRows=2&recipeId=16&previewed=" + narrowed)
			.status()).isEqualTo(409);
		for (String rows : new String[] { "", "&expectedRows=3" }) {
			assertThat(this.admin
				.post("/actions/backlog-cleanup/regular", "dryRun=false&recipeId=16&previewed=" + narrowed + rows)
				.status()).isEqualTo(409);
		}
		assertThat(this.rows.count("generations")).isEqualTo(25);
		assertThat(this.admin
			.post("/actions/backlog-cleanup/regular", "dryRun=false&expectedRows=2&recipeId=16&previewed=" + narrowed)
			.status()).isEqualTo(302);
		idle();
		assertThat(this.rows.count("generations")).isEqualTo(23);
	}

	@Test
	void allFinishedJobsGoOnlyWithTheirNumberTyped() {
		assertThat(this.admin.get("/actions/job-purge/regular/preview?hours=0").text())
			.contains("Type the number of rows");
		assertThat(this.admin.get("/actions/job-purge/regular/preview?hours=1").text())
			.doesNotContain("Type the number of rows");
		assertThat(this.admin.confirm("job-purge/regular", "hours=0", "").status()).isEqualTo(409);
		assertThat(this.admin.confirm("job-purge/regular", "hours=0", "&typed=2").text())
			.contains("you typed 2, but the preview shows 3 rows");
		assertThat(this.rows.count("jobs")).isEqualTo(3);
		assertThat(this.admin.confirm("job-purge/regular", "hours=0", "&typed=3&typed=3").status()).isEqualTo(400);
		assertThat(this.admin.confirm("job-purge/regular", "hours=0", "&typed=3").status()).isEqualTo(302);
		idle();
		assertThat(this.rows.count("jobs")).isZero();
	}

	@Test
	void whatBecomesDueAfterThePreviewIsNotRemoved() {
		String narrowed = previewed("/actions/backlog-cleanup/regular/preview?recipeId=16");
		this.rows.generation().failed().recipe(16).age(Duration.ofDays(3)).insert(1);
		Answer started = this.admin.post("/actions/backlog-cleanup/regular",
				"dryRun=false&expectedRows=2&recipeId=16&previewed=" + narrowed);
		idle();
		assertThat(this.rows.count("generations")).isEqualTo(26);
		assertThat(this.admin.get(started.header("Location").replaceAll("^.*(/runs/)", "$1")).text())
			.contains("Refused", "3 rows are due, more than the 2 expected", "Preview again");
	}

	private String previewed(String path) {
		return this.admin.get(path).text().replaceAll("(?s).*?name=\"previewed\" value=\"([^\"]+)\".*", "$1");
	}

}
