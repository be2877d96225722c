package com.delula.retention.dashboard;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.delula.retention.support.Answer;
import com.delula.retention.support.Pages;
import com.delula.retention.support.Service;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The pages as a browser gets them: who may log in, who sees what. */
class DashboardTests extends OnPages {

	private static final List<String> PAGES = List.of("/", "/overview/tasks", "/overview/stocks", "/overview/charts",
			"/recipes", "/rows", "/palette", "/palette/groups", "/api-docs", "/reports/backlog-cleanup",
			"/reports/backlog-cleanup/charts", "/runs", "/doctor", "/actions/backlog-cleanup/regular",
			"/actions/backlog-cleanup/regular/preview", "/actions/backlog-cleanup/emergency",
			"/actions/backlog-cleanup/emergency/preview", "/actions/job-purge/regular",
			"/actions/job-purge/regular/preview", "/login", "/runs/00000000-0000-0000-0000-000000000000",
			"/rules/backlog-cleanup", "/rules/backlog-cleanup/group?key=", "/rules/job-purge/findings",
			"/actions/backlog-cleanup/regular/preview/rows");

	@Test
	void aStrangerIsAskedToLogIn() {
		Answer answer = pages().get("/");
		assertThat(answer.status()).isEqualTo(302);
		assertThat(answer.header("Location")).endsWith("/login");
		assertThat(pages().get("/login").text()).contains("<label for=\"username\">", "<label for=\"password\">")
			.doesNotContain("wrong", "logged out");
	}

	@Test
	void aPartOfAPageSendsAStrangerToTheLogin() {
		Answer answer = pages().get("/overview/tasks", "HX-Request", "true");
		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.header("HX-Redirect")).isEqualTo("/login?expired");
	}

	@Test
	void theNameOfAFailedLoginIsNoTrap() {
		assertThat(pages().login("x".repeat(20_000), "wrong").header("Location")).endsWith("/login?error");
		Answer forged = pages().get("/login?error", "Cookie", "RETENTION_NAME=%zz");
		assertThat(forged.status()).isEqualTo(200);
		assertThat(forged.text()).contains("id=\"username\"").doesNotContain("%zz");
	}

	@Test
	void aWrongPasswordIsRefused() {
		Pages pages = pages();
		assertThat(pages.login("admin", "wrong").header("Location")).endsWith("/login?error");
		assertThat(pages.get("/login?error").text()).contains("Wrong name or password.", "value=\"admin\"");
		assertThat(pages.get("/login").text()).doesNotContain("value=\"admin\"");
		assertThat(pages.get("/").status()).isEqualTo(302);
	}

	@Test
	void theLoginItselfNeedsItsToken() {
		Answer answer = pages().postWithoutToken("/login", "username=admin&password=" + Service.PASSWORD);
		assertThat(answer.header("Location")).endsWith("/login?expired");
	}

	@Test
	void whoLogsOutIsOut() {
		Pages pages = as("admin");
		assertThat(pages.post("/logout", "").header("Location")).endsWith("/login?bye");
		assertThat(pages.get("/runs").status()).isEqualTo(302);
	}

	@Test
	void theSessionOpensNoDoorOfTheApi() {
		Pages pages = as("admin");
		assertThat(pages.get("/api/admin/runs").status()).isEqualTo(401);
		assertThat(pages.get("/actuator/prometheus").status()).isEqualTo(401);
		Answer api = this.service.api().get("/api/admin/runs");
		assertThat(api.status()).isEqualTo(200);
		assertThat(api.headers("Set-Cookie")).isEmpty();
		assertThat(this.service.api().get("/recipes").status()).isEqualTo(302);
	}

	@Test
	void theSessionCookieIsKeptFromScriptsAndOtherSites() {
		assertThat(pages().get("/login").header("Set-Cookie")).contains("HttpOnly", "SameSite=Lax");
	}

	@Test
	void noPageHasAnythingInlineOrFromElsewhere() {
		this.rows.generation().failed().recipe(this.rows.recipe().name("<b>Bold</b>").insert()).age(days(3)).insert(12);
		Pages pages = as("admin");
		for (String path : PAGES) {
			Answer answer = pages.get(path);
			assertThat(answer.header("Content-Security-Policy")).as(path)
				.contains("default-src 'self'", "frame-ancestors 'none'")
				.doesNotContain("unsafe");
			assertThat(answer.text()).as(path)
				.doesNotContainPattern("<script(?![^>]* src=\"/)")
				.doesNotContainPattern("<style|\\sstyle=|\\son[a-z]+=|javascript:|hx-on")
				.doesNotContainPattern("(src|href|action)=\"(https?:)?//")
				.doesNotContain("<b>Bold</b>", "th:", "${");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/assets/dashboard.css", "/assets/dashboard.js", "/assets/frame.js", "/assets/charts.js",
			"/assets/icon.svg", "/webjars/htmx.org/dist/htmx.min.js", "/webjars/chart.js/dist/chart.umd.min.js" })
	void theAssetsComeFromHere(String path) {
		assertThat(pages().get(path).status()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource({ "viewer,false,false", "operator,true,false", "admin,true,true" })
	void buttonsFollowTheRole(String user, boolean run, boolean emergency) {
		String tasks = as(user).get("/overview/tasks").text();
		assertThat(tasks.contains("/actions/job-purge/regular")).isEqualTo(run);
		assertThat(tasks.contains("/actions/backlog-cleanup/emergency")).isEqualTo(emergency);
	}

	@Test
	void thousandsOfRecipesAreSearchedSortedAndPaged() {
		this.service.jdbc().sql("""
				INSERT INTO generations (user_id, recipe_id, prompt, status, created_at, updated_at)
				SELECT 'system_backlog', 1000000 + n, 'p', 'failed', now() AT TIME ZONE 'UTC',
					(now() - n * interval '1 min') AT TIME ZONE 'UTC'
				FROM generate_series(1, 3000) n
				""").update();
		long popular = this.rows.recipe().name("Zebra %_ Crossing").insert();
		this.rows.generation().failed().recipe(popular).age(days(1)).insert(3);
		Pages viewer = as("viewer");
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> viewer.get("/recipes").text().contains("3,001"));
		assertThat(viewer.get("/recipes").text()).contains("1–25 of 3,001", "Zebra %_ Crossing");
		assertThat(viewer.get("/recipes?sort=oldest").text()).contains(">1003000<").doesNotContain("Zebra");
		assertThat(viewer.get("/recipes?page=120").text()).contains("3,001–3,001 of 3,001");
		assertThat(viewer.get("/recipes?q=zebra+%25_").text()).contains("1–1 of 1");
		assertThat(viewer.get("/recipes?q=1000042").text()).contains("1–1 of 1");
		assertThat(viewer.get("/recipes?q=nothing+of+this").text()).contains("No recipe with failures matches.");
		assertThat(viewer.get("/recipes?sort=x&page=-1").status()).isEqualTo(200);
		assertThat(viewer.get("/overview/stocks").text()).contains("Zebra", "whose user id is system_backlog");
	}

	@Test
	void aRowIsExplained() {
		long old = this.rows.generation().failed().recipe(16).age(days(3)).insert(11).get(0);
		Pages viewer = as("viewer");
		assertThat(viewer.get("/").text()).contains("action=\"/rows\"", "value=\"job-purge:jobs\"");
		assertThat(viewer.get("/rows?of=backlog-cleanup:generations&key=" + old).text()).contains(">due<",
				"number 11, not among the 10 newest failures of recipe 16",
				"not scheduled; it goes when somebody starts a run");
		assertThat(viewer.get("/rows?of=job-purge:jobs&key=%3Cb%3E%2F%3B").text()).contains(">unknown<", "&lt;b&gt;/;");
		Answer wrong = viewer.get("/rows?of=backlog-cleanup:generations&key=x");
		assertThat(wrong.status()).isEqualTo(400);
		assertThat(wrong.text()).contains("Invalid key=x: must be a value of id (");
	}

	@Test
	void runsAreFiltered() {
		as("operator").post("/actions/job-purge/regular", "dryRun=true");
		awaitIdle();
		Pages viewer = as("viewer");
		assertThat(viewer.get("/runs?task=job-purge&status=succeeded").text()).contains("dry run")
			.doesNotContain("<td><span>Backlog cleanup");
		assertThat(viewer.get("/runs?task=job-purge&status=timed_out").text()).contains("No runs match.");
		assertThat(viewer.get("/runs/nonsense").status()).isEqualTo(404);
	}

	@Test
	void aRowWithoutATimeSaysThatNoAgeRemovesIt() {
		long timeless = this.rows.generation().failed().recipe(16).withoutTimes().insert(1).get(0);
		assertThat(as("viewer").get("/rows?of=backlog-cleanup:generations&key=" + timeless).text())
			.contains("It has no time, so it counts as the newest, and no age removes it.");
	}

	@Test
	void theDoctorTellsWhenItLooked() {
		assertThat(as("viewer").get("/doctor").text()).contains("Checked at", "Check again");
	}

	@Test
	void timesWithinASentenceAreShownAsOthers() {
		long young = this.rows.generation().failed().recipe(16).age(Duration.ofHours(1)).insert(11).get(0);
		assertThat(as("viewer").get("/rows?of=backlog-cleanup:generations&key=" + young).text()).contains(">too young<")
			.containsPattern(
					"It is due from <time datetime=\"[^\"]+Z\">\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC</time> on");
	}

	@Test
	void samplesAreTakenOnceInTenMinutesAndForgotten() {
		Samples samples = this.service.bean(Samples.class);
		this.service.jdbc().sql("DELETE FROM retention_sample").update();
		this.service.jdbc()
			.sql("INSERT INTO retention_sample VALUES (now() - interval '91 days', 'failed:jobs', 1)")
			.update();
		due(15);
		this.service.bean(Sampler.class).sample();
		assertThat(samples.take(() -> Map.of("failed:jobs", 99L))).isFalse();
		assertThat(this.service.jdbc()
			.sql("SELECT value FROM retention_sample WHERE series = 'failed:generations'")
			.query(Long.class)
			.single()).isNotNegative();
		assertThat(samples.read("failed:", Span.QUARTER)).hasSize(1);
		assertThat(this.service.jdbc()
			.sql("SELECT count(*) FROM retention_sample WHERE taken_at < now() - interval '90 days'")
			.query(Long.class)
			.single()).isZero();
		assertThat(as("viewer").get("/overview/charts?span=1d").text()).contains("Failed generations");
	}

}
