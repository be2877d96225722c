package com.delula.retention.admin;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import com.delula.retention.support.Answer;
import com.delula.retention.support.Api;
import com.delula.retention.support.OnEmptyTables;
import com.delula.retention.support.OtherSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Every error is a problem that says what to change, and does nothing else. */
class ErrorTests extends OnEmptyTables {

	@ParameterizedTest
	@ValueSource(strings = { "/api/admin/runs/6f1c1c1e-0000-4000-8000-000000000000", "/api/admin/runs/nonsense",
			"/api/admin/runs/1", "/api/admin/nothing", "/api/admin", "/api", "/api/admin/backlog-cleanup",
			"/api/admin/purge/", "/actuator/env", "/actuator/beans", "/actuator/nothing", "/error" })
	void nothingThere(String path) {
		this.api.get(path).problem(404);
	}

	@ParameterizedTest
	@CsvSource({ "GET,/api/admin/backlog-cleanup/run,POST", "GET,/api/admin/backlog-cleanup/emergency,POST",
			"GET,/api/admin/purge,POST", "PUT,/api/admin/purge,POST", "DELETE,/api/admin/purge,POST",
			"PATCH,/api/admin/backlog-cleanup/run,POST", "POST,/api/admin/backlog-cleanup/status,GET",
			"POST,/api/admin/runs,GET", "DELETE,/api/admin/runs,GET", "PUT,/api/admin/purge/status,GET",
			"HEAD,/api/admin/purge,POST" })
	void anotherMethod(String method, String path, String allowed) {
		this.rows.job().completed().age(Duration.ofDays(9)).insert();
		Answer answer = this.api.send(method, path, null);
		assertThat(answer.status()).isEqualTo(405);
		assertThat(answer.header("Allow")).contains(allowed);
		if (!method.equals("HEAD")) {
			answer.problem(405);
		}
		assertThat(runs()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/html", "application/xml", "image/png", "text/plain;q=0.5" })
	void anotherTypeOfAnswer(String accept) {
		this.rows.generation().failed().age(Duration.ofDays(9)).insert(12);
		this.api.with("Accept", accept).post(Api.RUN).problem(406);
		this.api.with("Accept", accept).post(Api.EMERGENCY).problem(406);
		this.api.with("Accept", accept).post(Api.PURGE).problem(406);
		this.api.with("Accept", accept).get(Api.STATUS).problem(406);
		assertThat(this.rows.count("generations")).isEqualTo(12);
		assertThat(runs()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "*/*", "application/*", "text/html, application/json;q=0.1" })
	void aTypeOfAnswerThatFits(String accept) {
		this.api.with("Accept", accept).post(Api.RUN).ok();
		this.api.with("Accept", accept).get(Api.STATUS).ok();
	}

	@Test
	void aProblemIsToldWhateverIsAccepted() {
		this.api.with("Accept", "application/json").post(Api.RUN + "?dryrun=true").problem(400);
		this.api.with("Accept", "application/json").get("/api/admin/nothing").problem(404);
		this.api.with("Accept", "text/html").get("/api/admin/nothing").problem(404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "page=-1", "page=x", "size=0", "size=100000", "task=nothing", "status=done",
			"status=SUCCEEDED" })
	void aBadFilterOfTheHistory(String query) {
		assertThat(this.api.get(Api.RUNS + "?" + query).problem(400).get("detail").stringValue())
			.contains(query.substring(0, query.indexOf('=')));
	}

	@Test
	void anotherRunIsUnderWay() {
		long held = this.rows.generation().failed().age(Duration.ofDays(9)).insert(12).get(0);
		try (OtherSession holder = OtherSession.begin(this.service.database())) {
			holder.sql("SELECT FROM generations WHERE id = " + held + " FOR UPDATE");
			CompletableFuture<Answer> first = this.api.begin(Api.RUN);
			holder.awaitBlocked();
			JsonNode running = this.api.get(Api.RUNS + "?status=running").ok().get("items").get(0);
			for (String path : new String[] { Api.RUN, Api.EMERGENCY, Api.RUN + "?dryRun=true" }) {
				JsonNode problem = this.api.post(path).problem(409);
				assertThat(problem.get("runId")).isEqualTo(running.get("id"));
			}
			this.api.post(Api.PURGE).ok();
			holder.commit();
			assertThat(first.join().ok().get("cleanedUpGenerations").longValue()).isEqualTo(2);
		}
		assertThat(this.jdbc.sql("SELECT count(*) FROM retention_run WHERE task = 'backlog-cleanup'")
			.query(Long.class)
			.single()).isEqualTo(1);
		clean();
	}

	@Test
	void theBacklogUserIsMissing() {
		this.rows.generation().failed().age(Duration.ofDays(9)).insert(12);
		this.rows.job().completed().age(Duration.ofDays(9)).insert();
		this.jdbc.sql("DELETE FROM users WHERE id = 'system_backlog'").update();
		try {
			for (String path : new String[] { Api.RUN, Api.EMERGENCY, Api.PURGE }) {
				assertThat(this.api.post(path).problem(422).get("detail").stringValue()).contains("system_backlog");
			}
		}
		finally {
			this.rows.user("system_backlog");
		}
		assertThat(this.rows.count("generations")).isEqualTo(12);
		assertThat(this.rows.count("jobs")).isEqualTo(1);
		assertThat(runs()).isZero();
		assertThat(clean().get("cleanedUpGenerations").longValue()).isEqualTo(2);
	}

	/** The pool must not take the second code for a broken connection. */
	@ParameterizedTest
	@ValueSource(strings = { "P0001", "0A000" })
	void aRunThatFailsSaysWhichAndWhatItDid(String code) {
		this.rows.generation().failed().age(Duration.ofDays(9)).insert(12);
		this.jdbc.sql("""
				CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
				AS $$ BEGIN RAISE EXCEPTION 'not today' USING DETAIL = 'secret of the platform', ERRCODE = '%s'; END $$
				""".formatted(code)).update();
		this.jdbc.sql("CREATE TRIGGER refuse BEFORE DELETE ON generations FOR EACH ROW EXECUTE FUNCTION refuse()")
			.update();
		try {
			Answer answer = this.api.post(Api.RUN);
			JsonNode problem = answer.problem(500);
			assertThat(answer.text()).contains("The database answered: not today (error code " + code + ")")
				.doesNotContain("secret");
			assertThat(problem.get("cleanedUpGenerations").longValue()).isZero();
			JsonNode run = this.api.get(Api.RUNS + "/" + problem.get("runId").stringValue()).ok();
			assertThat(run.get("status").stringValue()).isEqualTo("failed");
			assertThat(run.get("error").stringValue()).isNotBlank().doesNotContain("secret");
		}
		finally {
			this.jdbc.sql("DROP FUNCTION refuse CASCADE").update();
		}
		assertThat(this.rows.count("generations")).isEqualTo(12);
		assertThat(ledger()).singleElement()
			.satisfies((row) -> assertThat(row.get("description").toString()).contains("failed"));
		assertThat(clean().get("cleanedUpGenerations").longValue()).isEqualTo(2);
	}

}
