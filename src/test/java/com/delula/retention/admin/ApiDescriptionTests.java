package com.delula.retention.admin;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.delula.retention.support.Answer;
import com.delula.retention.support.Api;
import com.delula.retention.support.Service;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

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
class ApiDescriptionTests extends DescribedSpecialCalls {

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
		check(ROW_BY_KEY, send(ROW_BY_KEY.replace("{rule}", "nothing")));
		check(ROW_BY_KEY, send(ROW_BY_KEY + "?key=x"));
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

}
