package com.delula.retention.admin;

import java.time.Duration;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A service, its description, and each answer that it has given as described. */
abstract class OnDescribedService {

	static final String RUN = "POST " + Api.RUN;

	static final String EMERGENCY = "POST " + Api.EMERGENCY;

	static final String PURGE = "POST " + Api.PURGE;

	static final String CANCEL = "POST /api/admin/runs/{id}/cancel";

	static final String EVENTS = "GET /api/admin/runs/{id}/events";

	static final String STEER = "PATCH /api/admin/runs/{id}";

	static final String ONE = "GET /api/admin/runs/{id}";

	static final String RESTORE = "POST /api/admin/runs/{id}/restore";

	static final String RULE_STATUS = "GET /api/admin/rules/{rule}/status";

	static final String RULE_REPORT = "GET /api/admin/rules/{rule}/report";

	static final String RULE_RUN = "POST /api/admin/rules/{rule}/run";

	static final String RULE_EMERGENCY = "POST /api/admin/rules/{rule}/emergency";

	static final String ROW = "GET /api/admin/rules/{rule}/rows/{key}";

	static final String ROW_BY_KEY = "GET /api/admin/rules/{rule}/rows";

	static final List<String> REMOVING = List.of(RUN, EMERGENCY, PURGE, RULE_RUN, RULE_EMERGENCY);

	static final String POLICIES = "/api/admin/rules/{rule}/policies";

	static final String SAVE_POLICY = "PUT " + POLICIES + "/{id}";

	static final String DELETE_POLICY = "DELETE " + POLICIES + "/{id}";

	static final List<String> ROLES = List.of("VIEWER", "OPERATOR", "ADMIN");

	static final String UNDER_WAY = "11111111-1111-1111-1111-111111111111";

	static final Set<String> SEEN = new TreeSet<>();

	static TestDatabase database;

	static Service service;

	static Description description;

	@BeforeAll
	static void start() {
		database = TestDatabase.started();
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

	static Answer send(String call) {
		return send(service.api(), call);
	}

	static Answer send(Api api, String call) {
		if (call.startsWith("PUT")) {
			return put(api, call.replace("{id}", UNDER_WAY), "{\"match\":{\"userId\":1},\"hold\":true}");
		}
		return api.send(call.split(" ")[0], path(call.replace("{id}", UNDER_WAY)), null);
	}

	static Answer put(Api api, String call, String body) {
		return api.with("Content-Type", "application/json").send("PUT", path(call), body);
	}

	static Answer post(Api api, String call, String body) {
		return api.post(path(call), body);
	}

	static Answer sendTo(String call, String body) {
		return service.api().with("Content-Type", "application/json").send(call.split(" ")[0], path(call), body);
	}

	static String path(String call) {
		String path = call.split(" ")[1].replace("{rule}", SessionsRule.NAME).replace("{key}", "1");
		return path.endsWith("/rows") ? path + "?key=1" : path;
	}

	static Answer check(String call, Answer answer) {
		description.check(call, answer);
		SEEN.add(call + " " + answer.status());
		return answer;
	}

	static void fill() {
		Rows rows = database.rows();
		rows.generation().failed().recipe(16).age(Duration.ofHours(30)).insert(15);
		rows.generation().failed().recipe(null).withoutTimes().insert(2);
		String job = rows.job().completed().age(Duration.ofHours(50)).insert();
		rows.upscaleJob(job).completed().age(Duration.ofHours(49)).insert();
		SessionsRule.insert(database, 1, "expired", 40, 5);
	}

	static JdbcClient jdbc() {
		return database.jdbc();
	}

	/** From another database of the same server. */
	static void admit(boolean admit) {
		JdbcClient server = JdbcClient.create(new DriverManagerDataSource(
				database.jdbcUrl().replace(database.name(), "postgres"), database.username(), database.password()));
		server.sql("ALTER DATABASE " + database.name() + " ALLOW_CONNECTIONS " + admit).update();
		server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")
			.params(Map.of("name", database.name()))
			.query()
			.listOfRows();
	}

}
