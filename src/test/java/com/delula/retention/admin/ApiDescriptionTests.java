package com.delula.retention.admin;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.delula.retention.rule.SessionsRule;
import com.delula.retention.support.Answer;
import com.delula.retention.support.Api;
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
import tools.jackson.databind.JsonNode;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Walks through every call of the API until each has given every answer that is described
 * for it, and holds each answer to the description.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApiDescriptionTests {

	private static final String RUN = "POST " + Api.RUN;

	private static final String EMERGENCY = "POST " + Api.EMERGENCY;

	private static final String PURGE = "POST " + Api.PURGE;

	private static final String CANCEL = "POST /api/admin/runs/{id}/cancel";

	private static final String EVENTS = "GET /api/admin/runs/{id}/events";

	private static final String STEER = "PATCH /api/admin/runs/{id}";

	private static final String ONE = "GET /api/admin/runs/{id}";

	private static final String RESTORE = "POST /api/admin/runs/{id}/restore";

	private static final String RULE_STATUS = "GET /api/admin/rules/{rule}/status";

	private static final String RULE_REPORT = "GET /api/admin/rules/{rule}/report";

	private static final String RULE_RUN = "POST /api/admin/rules/{rule}/run";

	private static final String RULE_EMERGENCY = "POST /api/admin/rules/{rule}/emergency";

	private static final String ROW = "GET /api/admin/rules/{rule}/rows/{key}";

	private static final List<String> REMOVING = List.of(RUN, EMERGENCY, PURGE, RULE_RUN, RULE_EMERGENCY);

	private static final String POLICIES = "/api/admin/rules/{rule}/policies";

	private static final String SAVE_POLICY = "PUT " + POLICIES + "/{id}";

	private static final String DELETE_POLICY = "DELETE " + POLICIES + "/{id}";

	private static final List<String> ROLES = List.of("VIEWER", "OPERATOR", "ADMIN");

	private static final String UNDER_WAY = "11111111-1111-1111-1111-111111111111";

	private static final Set<String> SEEN = new TreeSet<>();

	private static TestDatabase database;

	private static Service service;

	private static Description description;

	@BeforeAll
	static void start() {
		database = TestDatabase.create(Installation.EXISTING);
		SessionsRule.createTable(database);
		service = Service.start(database, SessionsRule.ARGUMENT, "--retention.backlog.undo=7d",
				"--retention.security.users[0].name=VIEWER", "--retention.security.users[0].role=VIEWER",
				"--retention.security.users[0].password={noop}" + Service.PASSWORD,
				"--retention.security.users[1].name=OPERATOR", "--retention.security.users[1].role=OPERATOR",
				"--retention.security.users[1].password={noop}" + Service.PASSWORD,
				"--spring.datasource.hikari.connection-timeout=250",
				"--spring.datasource.hikari.validation-timeout=250");
		description = new Description(service.api().get("/v3/api-docs").ok());
	}

	@AfterAll
	static void stop() {
		service.close();
		database.close();
	}

	@Test
	@Order(1)
	void isOpenApi31AndAsksForAUserLikeEverythingElse() {
		assertThat(description.root().get("openapi").asString()).startsWith("3.1");
		for (String path : List.of("/v3/api-docs", "/v3/api-docs.yaml")) {
			service.api().anonymous().get(path).problem(401);
			assertThat(service.api().as("VIEWER", Service.PASSWORD).get(path).status()).isEqualTo(200);
		}
	}

	@Test
	@Order(2)
	void describesEveryCallThatThereIsAndNoOther() {
		Set<String> mapped = new LinkedHashSet<>();
		List<HandlerMapping> mappings = service.bean(DispatcherServlet.class).getHandlerMappings();
		assertThat(mappings).isNotNull();
		for (HandlerMapping mapping : mappings) {
			if (mapping instanceof RequestMappingHandlerMapping methods) {
				methods.getHandlerMethods().keySet().forEach((call) -> addTo(mapped, call));
			}
		}
		assertThat(mapped).hasSizeGreaterThanOrEqualTo(10);
		assertThat(description.calls()).containsExactlyInAnyOrderElementsOf(mapped);
	}

	private static void addTo(Set<String> calls, RequestMappingInfo mapping) {
		mapping.getPatternValues()
			.stream()
			.filter((path) -> path.startsWith("/api/"))
			.forEach((path) -> mapping.getMethodsCondition()
				.getMethods()
				.forEach((method) -> calls.add(method + " " + path)));
	}

	@Test
	@Order(3)
	void everyCallHasWordsAndExamplesThatFitItsSchemas() {
		for (String call : description.calls()) {
			JsonNode written = description.call(call);
			assertThat(written.get("summary").asString()).as(call).isNotBlank();
			assertThat(written.get("description").asString()).contains("Needs " + description.role(call));
			written.path("parameters").forEach((reference) -> {
				JsonNode parameter = description.resolve(reference);
				assertThat(parameter.get("description").asString()).isNotBlank();
				assertThat(description.faults(parameter.get("schema"), parameter.get("example"), call)).isEmpty();
			});
			if (written.has("requestBody")) {
				hasFittingExample(call, description.resolve(written.get("requestBody")));
			}
			written.get("responses").forEach((response) -> hasFittingExample(call, description.resolve(response)));
		}
	}

	private static void hasFittingExample(String call, JsonNode described) {
		assertThat(described.get("description").asString()).isNotBlank();
		described.get("content").forEach((content) -> {
			assertThat(content.has("example")).as(call).isTrue();
			assertThat(description.faults(content.get("schema"), content.get("example"), call)).isEmpty();
		});
	}

	@Test
	@Order(3)
	void saysWhatTheRulesAreCalledAndWhatEachTakes() {
		JsonNode names = description.resolve(description.call(RULE_RUN).get("parameters").get(0)).at("/schema/enum");
		assertThat(names).hasToString("[\"backlog-cleanup\",\"job-purge\",\"expired-sessions\"]");
		assertThat(description.call("GET " + Api.RUNS).at("/parameters/0/schema/enum")).isEqualTo(names);
		assertThat(description.call(RULE_EMERGENCY).at("/parameters/0/schema/enum"))
			.hasToString("[\"backlog-cleanup\",\"expired-sessions\"]");
		assertThat(description.call(RULE_RUN)
			.get("parameters")
			.valueStream()
			.map((parameter) -> description.resolve(parameter).get("name").asString())).containsExactly("rule", "hours",
					"dryRun", "expectedRows", "Prefer", "recipeId", "failureReason", "userId");
		assertThat(description.call(RULE_RUN)
			.at("/requestBody/content/application~1json/schema/properties")
			.propertyNames()).containsExactly("hours", "dryRun", "expectedRows", "recipeId", "failureReason", "userId");
	}

	@Test
	@Order(4)
	void answersAsDescribedWhenAllIsWell() {
		fill();
		for (String call : description.calls()) {
			if (call.startsWith("GET") && !call.contains("{id}")) {
				check(call, send(call));
			}
		}
		for (String call : REMOVING) {
			check(call, post(service.api(), call, "{\"dryRun\": true}"));
			Answer begun = check(call, send(service.api().with("Prefer", "respond-async"), call));
			String run = begun.json().get("id").asString();
			check(EVENTS, send(EVENTS.replace("{id}", run)));
			check(ONE, send(ONE.replace("{id}", run)));
			check(CANCEL, send(CANCEL.replace("{id}", run)));
			fill();
			check(call, send(call));
		}
		assertThat(check("GET " + Api.RUNS, send("GET " + Api.RUNS)).json().get("items")).hasSize(15);
	}

	@Test
	@Order(5)
	void takesTheRoleThatIsDescribedAndNoLess() {
		for (String call : description.calls()) {
			String role = description.role(call);
			check(call, send(service.api().anonymous(), call));
			int rank = ROLES.indexOf(role);
			if (rank > 0) {
				Answer refused = send(service.api().as(ROLES.get(rank - 1), Service.PASSWORD), call);
				assertThat(refused.status()).as(call).isEqualTo(403);
				check(call, refused);
			}
			if (!role.equals("ADMIN")) {
				assertThat(send(service.api().as(role, Service.PASSWORD), call).status()).as(call).isNotIn(401, 403);
			}
		}
	}

	@Test
	@Order(6)
	void answersAsDescribedWhatCannotBe() {
		for (String call : REMOVING) {
			check(call, send(call + "?dryRun=yes"));
			check(call, post(service.api(), call, "{\"dryRun\": \"" + "x".repeat(70_000) + "\"}"));
			check(call, service.api().with("Content-Type", "text/plain").send("POST", path(call), "{}"));
		}
		for (String call : List.of(RULE_STATUS, RULE_REPORT, RULE_RUN, RULE_EMERGENCY, ROW)) {
			check(call, send(call.replace("{rule}", "nothing")));
		}
		check(ROW, send(ROW.replace("{key}", "x")));
		check("GET " + Api.RUNS, send("GET " + Api.RUNS + "?size=0"));
		check(RULE_REPORT, send(RULE_REPORT + "?days=0"));
		for (String call : List.of(ONE, EVENTS, CANCEL, STEER)) {
			check(call, send(call));
		}
		String ended = send("GET " + Api.RUNS).json().at("/items/0/id").asString();
		assertThat(check(STEER, send(STEER.replace("{id}", ended) + "?paused=true")).status()).isEqualTo(409);
		assertThat(check(STEER, send(STEER.replace("{id}", ended) + "?paused=yes")).status()).isEqualTo(400);
		check(STEER, sendTo(STEER.replace("{id}", ended), "{\"paused\": \"" + "x".repeat(70_000) + "\"}"));
		check(STEER,
				service.api()
					.with("Content-Type", "text/plain")
					.send("PATCH", path(STEER.replace("{id}", ended)), "{}"));
	}

	@Test
	@Order(6)
	void restoresAsDescribed() {
		fill();
		String run = send(RUN).json().get("runId").asString();
		String restore = RESTORE.replace("{id}", run);
		check(RESTORE, send(RESTORE));
		check(RESTORE, send(restore + "?dryRun=yes"));
		check(RESTORE, post(service.api(), restore, "{\"dryRun\": \"" + "x".repeat(70_000) + "\"}"));
		check(RESTORE, service.api().with("Content-Type", "text/plain").send("POST", path(restore), "{}"));
		String counted = check(RESTORE, post(service.api(), restore, "{\"dryRun\": true}")).json().get("id").asString();
		assertThat(check(RESTORE, send(RESTORE.replace("{id}", counted))).status()).isEqualTo(409);
		jdbc().sql("UPDATE users SET id = 'renamed' WHERE id = 'system_backlog'").update();
		assertThat(check(RESTORE, send(restore)).status()).isEqualTo(422);
		jdbc().sql("UPDATE users SET id = 'system_backlog' WHERE id = 'renamed'").update();
		jdbc()
			.sql("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS" + " 'BEGIN RAISE internal_error; END'")
			.update();
		jdbc().sql("CREATE TRIGGER refuse BEFORE INSERT ON generations EXECUTE FUNCTION refuse()").update();
		assertThat(check(RESTORE, send(restore)).status()).isEqualTo(500);
		jdbc().sql("DROP FUNCTION refuse() CASCADE").update();
		Answer begun = check(RESTORE, send(service.api().with("Prefer", "respond-async"), restore));
		check(EVENTS, send(EVENTS.replace("{id}", begun.json().get("id").asString())));
		assertThat(check(RESTORE, send(restore)).json().get("rowsRestored").asInt()).isZero();
	}

	@Test
	@Order(7)
	void answersAsDescribedWhatBecomesOfPolicies() {
		String put = SAVE_POLICY.replace("{id}", "one");
		String policy = "{\"match\":{\"userId\":1},\"maxAgeHours\":1,\"note\":\"x\"}";
		check(SAVE_POLICY, put(service.api(), put + "?dryRun=true", policy));
		check(SAVE_POLICY, put(service.api(), put, policy));
		check(SAVE_POLICY, put(service.api(), SAVE_POLICY.replace("{id}", "two"), policy));
		check("GET " + POLICIES, send("GET " + POLICIES));
		check(SAVE_POLICY, put(service.api(), put, "{}"));
		check(SAVE_POLICY, put(service.api(), put, "{\"note\": \"" + "x".repeat(70_000) + "\"}"));
		check(SAVE_POLICY, service.api().with("Content-Type", "text/plain").send("PUT", path(put), "{}"));
		check(SAVE_POLICY, put(service.api(), put.replace("{rule}", "nothing"), policy));
		check("GET " + POLICIES, send("GET " + POLICIES.replace("{rule}", "nothing")));
		String delete = DELETE_POLICY.replace("{id}", "one");
		for (String query : List.of("?dryRun=true", "?dryRun=yes", "", "")) {
			check(DELETE_POLICY, send(delete + query));
		}
	}

	@Test
	@Order(7)
	void answersAsDescribedWhileAnotherRunIsUnderWay() {
		for (String task : List.of("backlog-cleanup", "job-purge", SessionsRule.NAME)) {
			jdbc()
				.sql("""
						INSERT INTO retention_lock VALUES (:task, now() AT TIME ZONE 'utc' + interval '1 hour', now(), 'other')
						ON CONFLICT (name) DO UPDATE SET lock_until = excluded.lock_until, locked_by = 'other'
						""")
				.param("task", task)
				.update();
			jdbc()
				.sql("""
						INSERT INTO retention_run (id, task, mode, trigger, actor, status, dry_run, cutoff, started_at, owner)
						VALUES (CAST(:id AS uuid), :task, 'regular', 'api', 'x', 'running', false, now(), now(), 'other')
						""")
				.param("id", UNDER_WAY.replace('1', (char) ('0' + task.charAt(0) % 10)))
				.param("task", task)
				.update();
		}
		REMOVING.forEach((call) -> {
			Answer answer = check(call, send(call));
			assertThat(answer.status()).isEqualTo(409);
			assertThat(
					check(STEER, send(STEER.replace("{id}", answer.json().get("runId").asString()) + "?dutyCycle=0.2"))
						.status())
				.isEqualTo(200);
			check(CANCEL, send(CANCEL.replace("{id}", answer.json().get("runId").asString())));
		});
		jdbc().sql("UPDATE retention_lock SET lock_until = locked_at").update();
		jdbc().sql("DELETE FROM retention_run WHERE owner = 'other'").update();
	}

	@Test
	@Order(8)
	void answersAsDescribedWhenTheInstallationLacksSomething() {
		jdbc().sql("UPDATE users SET id = 'renamed' WHERE id = 'system_backlog'").update();
		REMOVING.forEach((call) -> check(call, send(call)));
		jdbc().sql("UPDATE users SET id = 'system_backlog' WHERE id = 'renamed'").update();
	}

	@Test
	@Order(9)
	void answersAsDescribedWhenARunFails() {
		fill();
		jdbc().sql("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''no''; END'").update();
		for (String table : List.of("generations", "jobs", "sessions")) {
			jdbc().sql("CREATE TRIGGER refuse BEFORE DELETE ON " + table + " EXECUTE FUNCTION refuse()").update();
		}
		REMOVING.forEach((call) -> assertThat(check(call, send(call)).status()).isEqualTo(500));
		jdbc().sql("DROP FUNCTION refuse() CASCADE").update();
	}

	@Test
	@Order(10)
	void answersAsDescribedWhileTheDatabaseIsAway() {
		admit(false);
		try {
			for (String call : description.calls()) {
				String real = call.replace("{id}", UNDER_WAY);
				// A status may be five seconds old; in between, another call waits for
				// the database.
				for (int i = 0; i < 40 && send(real).status() == 200; i++) {
					send("GET " + Api.RUNS);
				}
				Answer answer = check(call, send(real));
				assertThat(answer.status()).as(call).isEqualTo(503);
			}
		}
		finally {
			admit(true);
		}
	}

	@Test
	@Order(11)
	void everyAnswerThatIsDescribedHasBeenSeen() {
		Set<String> described = new TreeSet<>();
		description.calls()
			.forEach((call) -> description.call(call)
				.get("responses")
				.propertyStream()
				.forEach((response) -> described.add(call + " " + response.getKey())));
		assertThat(SEEN).containsExactlyElementsOf(described);
	}

	private static Answer send(String call) {
		return send(service.api(), call);
	}

	private static Answer send(Api api, String call) {
		if (call.startsWith("PUT")) {
			return put(api, call.replace("{id}", UNDER_WAY), "{\"match\":{\"userId\":1},\"hold\":true}");
		}
		return api.send(call.split(" ")[0], path(call.replace("{id}", UNDER_WAY)), null);
	}

	private static Answer put(Api api, String call, String body) {
		return api.with("Content-Type", "application/json").send("PUT", path(call), body);
	}

	private static Answer post(Api api, String call, String body) {
		return api.post(path(call), body);
	}

	private static Answer sendTo(String call, String body) {
		return service.api().with("Content-Type", "application/json").send(call.split(" ")[0], path(call), body);
	}

	private static String path(String call) {
		return call.split(" ")[1].replace("{rule}", SessionsRule.NAME).replace("{key}", "1");
	}

	private static Answer check(String call, Answer answer) {
		description.check(call, answer);
		SEEN.add(call + " " + answer.status());
		return answer;
	}

	private static void fill() {
		Rows rows = database.rows();
		rows.generation().failed().recipe(16).age(Duration.ofHours(30)).insert(15);
		rows.generation().failed().recipe(null).withoutTimes().insert(2);
		String job = rows.job().completed().age(Duration.ofHours(50)).insert();
		rows.upscaleJob(job).completed().age(Duration.ofHours(49)).insert();
		SessionsRule.insert(database, 1, "expired", 40, 5);
	}

	private static JdbcClient jdbc() {
		return database.jdbc();
	}

	/** From another database of the same server. */
	private static void admit(boolean admit) {
		JdbcClient server = JdbcClient.create(new DriverManagerDataSource(
				database.jdbcUrl().replace(database.name(), "postgres"), database.username(), database.password()));
		server.sql("ALTER DATABASE " + database.name() + " ALLOW_CONNECTIONS " + admit).update();
		server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")
			.params(Map.of("name", database.name()))
			.query()
			.listOfRows();
	}

}
