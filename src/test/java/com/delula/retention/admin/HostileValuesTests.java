package com.delula.retention.admin;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import com.delula.retention.support.Api;
import com.delula.retention.support.Pages;
import com.delula.retention.support.Rows;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Names that try to be SQL, values that try to be HTML, formulas or lines of the log, and
 * secrets that nobody may see.
 */
@ExtendWith(OutputCaptureExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostileValuesTests {

	private static final String TABLE = "app.\"x; DROP TABLE users; -- :a ? ${t} 'q' \\\"\"\"";

	private static final String TIME = "t) < now() OR true; DELETE FROM users --";

	private static final String STATE = "s') OR ('a' < 'b' --";

	private static final String GROUP = "g:one ?::text \"$$";

	private static final String VALUE = "'; DROP TABLE users; -- \\ :a ? $$";

	private static final String RULE = "/api/admin/rules/hostile";

	private static final String HTML = "<img src=x onerror=alert(1)>\"'&";

	private static final String FORMULA = "=HYPERLINK(\"http://evil.example.org\")";

	private static final String LINES = "x\r\n2026-11-26 ERROR FORGED\u2028FORGED\u0085FORGED\u001b[31m";

	private static final String WEBHOOK = "czNjcmV0LXdlYmhvb2stczNjcmV0LXdlYmhvb2s=";

	private static final List<String> SECRETS = List.of("s3cret-admin", "s3cret-database", "s3cret-token", WEBHOOK);

	private static TestDatabase database;

	private static Service service;

	private static Api api;

	private static String started;

	@BeforeAll
	static void start(CapturedOutput output) {
		database = TestDatabase.create(Installation.EXISTING);
		createTable();
		String rule = "--retention.rules.hostile.";
		service = Service.start(database, rule + "tables[0].table=" + TABLE, rule + "tables[0].time=" + TIME,
				rule + "tables[0].where.[" + STATE + "]=" + VALUE, rule + "max-age=30d", rule + "keep-newest=2",
				rule + "per=" + GROUP, rule + "schedule.cron=-", rule + "undo=1d", rule + "title=" + HTML,
				rule + "emergency=true", "--ADMIN_PASSWORD=s3cret-admin", "--spring.datasource.username=hostile",
				"--spring.datasource.password=s3cret-database", "--retention.security.tokens[0].name=one",
				"--retention.security.tokens[0].role=ADMIN",
				"--retention.security.tokens[0].sha256=a81e611a041b13f078bf8ebe5dab4d4fd63fcc5594661c918bec093a2f416a7e",
				"--retention.notify.webhooks[0].url=http://localhost:1/",
				"--retention.notify.webhooks[0].secret=whsec_" + WEBHOOK);
		api = service.api().anonymous().bearer("s3cret-token");
		started = output.getAll();
	}

	@AfterAll
	static void stop() {
		service.close();
		database.jdbc().sql("REASSIGN OWNED BY hostile TO postgres").update();
		database.close();
	}

	private static void createTable() {
		execute("CREATE ROLE hostile SUPERUSER LOGIN PASSWORD 's3cret-database'");
		execute("CREATE SCHEMA app");
		execute("CREATE TABLE %s (id serial PRIMARY KEY, \"%s\" timestamptz, \"%s\" text, \"%s\" text)".formatted(TABLE,
				TIME, STATE, GROUP.replace("\"", "\"\"")));
		execute("INSERT INTO %s (\"%s\", \"%s\", \"%s\") SELECT now() - n * interval '20 days', v, '%s' FROM generate_series(1, 9) n, (VALUES ('%s'), ('other'), (NULL)) x (v)"
			.formatted(TABLE, TIME, STATE, GROUP.replace("\"", "\"\""), HTML.replace("'", "''"),
					VALUE.replace("'", "''")));
	}

	/** As it is: names with question marks are no parameters. */
	private static void execute(String sql) {
		try (Connection connection = database.dataSource().getConnection();
				Statement statement = connection.createStatement()) {
			statement.setEscapeProcessing(false);
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Nine match; the one that is too young is one of the two newest. */
	@Test
	@Order(1)
	void namesThatTryToBeSqlAreNames() {
		long users = database.rows().count("users");
		JsonNode status = api.get(RULE + "/status").ok();
		assertThat(status.get("rowsDue").asLong()).as("%s %s", status, api.get(RULE + "/rows/25").text()).isEqualTo(7);
		assertThat(api.get(RULE + "/rows/1").status()).isEqualTo(200);
		api.get(RULE + "/report").ok();
		api.get("/api/admin/doctor").ok();
		assertThat(api.post(RULE + "/run?dryRun=true").ok().get("rowsDue").asLong()).isEqualTo(7);
		String run = api.post(RULE + "/run?expectedRows=7").ok().get("id").asString();
		assertThat(database.rows().count(TABLE)).isEqualTo(20);
		assertThat(api.post("/api/admin/runs/" + run + "/restore").ok().get("rowsRestored").asLong()).isEqualTo(7);
		assertThat(api.post(RULE + "/emergency").ok().get("rowsRemoved").asLong()).isEqualTo(9);
		assertThat(database.rows().count(TABLE)).isEqualTo(18);
		assertThat(database.rows().count("users")).isEqualTo(users);
	}

	@Test
	@Order(2)
	void valuesArePutIn() {
		Rows rows = database.rows();
		rows.recipe().id(1).name(HTML).insert();
		rows.recipe().id(2).name(FORMULA).insert();
		rows.recipe().id(3).name(LINES).insert();
		for (int recipe = 1; recipe <= 3; recipe++) {
			String value = List.of(HTML, FORMULA, LINES).get(recipe - 1);
			rows.generation().failed().recipe(recipe).failureReason(value).age(Duration.ofDays(3)).insert(12);
			String json = new JsonMapper().writeValueAsString(value);
			api.with("Content-Type", "application/json")
				.send("PUT", "/api/admin/rules/backlog-cleanup/policies/p" + recipe,
						"{\"match\":{\"failureReason\":%s},\"maxAgeHours\":1,\"note\":%s}".formatted(json,
								json.replaceAll("\\\\[rn]|[\u2028\u0085]|\\\\u001[bB]|\\\\u0085", " ")))
				.ok();
			api.post(Api.RUN, "{\"failureReason\": %s}".formatted(json)).ok();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/overview/tasks", "/overview/stocks", "/recipes", "/runs", "/doctor",
			"/rules/backlog-cleanup/policies", "/rules/backlog-cleanup/policies/edit?id=p1", "/reports",
			"/reports/backlog-cleanup", "/reports/backlog-cleanup/charts", "/reports/hostile",
			"/actions/backlog-cleanup/regular/preview", "/actions/hostile/emergency/preview",
			"/rows?rule=hostile&key=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
			"/login?error=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E", "/runs/%3Cimg%20src%3Dx%3E" })
	@Order(3)
	void valuesThatTryToBeHtmlAreText(String path) {
		Pages pages = new Pages(api.port());
		pages.login("admin", "s3cret-admin");
		String page = pages.get(path).text();
		assertThat(page).doesNotContain("<img src=x", "onerror=alert(1)>\"'");
		for (var run : api.get(Api.RUNS + "?size=3").ok().get("items")) {
			assertThat(pages.get("/runs/" + run.get("id").asString()).text()).doesNotContain("<img src=x");
		}
	}

	@Test
	@Order(3)
	void valuesThatTryToBeFormulasAreText() {
		String csv = api.with("Accept", "text/csv").get("/api/admin/rules/backlog-cleanup/report").text();
		assertThat(csv).contains("'=HYPERLINK").doesNotContainPattern("(?m)(^|,)\"?=HYPERLINK");
	}

	@Test
	@Order(4)
	void valuesThatTryToBeLinesOfTheLogAreNone(CapturedOutput output) {
		api.post(Api.RUN, "{\"failureReason\": \"x\\r\\n2026-11-26 ERROR FORGED\"}");
		service.api().as("x\n2026-11-26 ERROR FORGED", "wrong").get(Api.RUNS).problem(401);
		api.with("Prefer", "respond-async").get("/api/admin/runs/%0a2026-11-26%20ERROR%20FORGED").problem(400);
		assertThat(started + output.getAll()).doesNotContainPattern("(?m)^(2026-11-26 ERROR )?FORGED")
			.doesNotContain("\u001b[31m", "\u2028FORGED");
	}

	@Test
	@Order(5)
	void secretsAreNowhere(CapturedOutput output) {
		StringBuilder all = new StringBuilder(started + output.getAll());
		for (String path : List.of("/actuator", "/actuator/health", "/actuator/info", "/actuator/metrics",
				"/actuator/prometheus", "/v3/api-docs", "/api/admin/rules", "/api/admin/doctor", Api.RUNS,
				"/actuator/env", "/actuator/configprops", "/actuator/beans", "/actuator/heapdump", "/actuator/loggers",
				"/actuator/threaddump", "/actuator/mappings", "/actuator/flyway")) {
			var answer = api.get(path);
			all.append(answer.text());
			assertThat(answer.headers("Server")).isEmpty();
			assertThat(answer.status()).as(path).isIn(200, 404);
		}
		assertThat(all.toString()).doesNotContain(SECRETS)
			.doesNotContain("jdbc:postgresql", "a81e611a041b13f078bf8ebe5dab4d4f");
		for (String path : List.of("env", "configprops", "beans", "heapdump", "loggers", "threaddump", "mappings")) {
			api.get("/actuator/" + path).problem(404);
		}
	}

	@Test
	@Order(5)
	void everyAnswerTellsBrowsersToTakeItForNothingElse() {
		for (String path : List.of(Api.RUNS, "/actuator/health", "/api/admin/nothing")) {
			var answer = api.get(path);
			assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
			assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
			assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
			assertThat(answer.header("Cache-Control")).contains("no-store");
		}
	}

}
