package com.delula.retention.admin;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.delula.retention.support.Answer;
import com.delula.retention.support.Api;
import com.delula.retention.support.OnEmptyTables;
import com.delula.retention.support.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Who may call what, and from where. */
class SecurityTests extends OnEmptyTables {

	private static final String ALLOWED = "https://dashboard.example.org";

	private static final List<String> VIEWS = List.of(Api.STATUS, Api.PURGE_STATUS, Api.RUNS, "/actuator/info",
			"/actuator/metrics", "/actuator/prometheus");

	private static final List<String> OPERATIONS = List.of(Api.RUN, Api.PURGE);

	@BeforeEach
	void rowsThatARunWouldRemove() {
		this.rows.generation().failed().recipe(16).age(Duration.ofDays(3)).insert(12);
		this.rows.job().completed().age(Duration.ofDays(3)).insertIds(2);
	}

	private Map<String, List<Api>> callers() {
		return Map.of("VIEWER", List.of(this.api.as("viewer", Service.PASSWORD), this.api.bearer("viewer-token")),
				"OPERATOR", List.of(this.api.as("operator", Service.PASSWORD), this.api.bearer("operator-token")),
				"ADMIN", List.of(this.api.as("admin", Service.PASSWORD), this.api.bearer("admin-token")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "VIEWER", "OPERATOR", "ADMIN" })
	void everyRoleMayLook(String role) {
		for (Api caller : callers().get(role)) {
			VIEWS.forEach((path) -> assertThat(caller.get(path).status()).as(path).isEqualTo(200));
		}
	}

	@Test
	void aViewerMayNotRunAnything() {
		for (Api caller : callers().get("VIEWER")) {
			OPERATIONS.forEach((path) -> caller.post(path).problem(403));
			OPERATIONS.forEach((path) -> caller.post(path + "?dryRun=true").problem(403));
			assertThat(caller.post(Api.EMERGENCY).problem(403).get("detail").asString())
				.isEqualTo("Your role does not allow this. Needs ADMIN. Nothing was done.");
			caller.post(Api.RUNS + "/6f1c1c1e-0000-4000-8000-000000000000/cancel").problem(403);
		}
		nothingIsDeleted();
	}

	@Test
	void anOperatorMayRunButNotAnEmergency() {
		for (Api caller : callers().get("OPERATOR")) {
			caller.post(Api.EMERGENCY).problem(403);
			caller.post(Api.EMERGENCY + "?dryRun=true").problem(403);
		}
		nothingIsDeleted();
		for (Api caller : callers().get("OPERATOR")) {
			OPERATIONS.forEach((path) -> caller.post(path).ok());
		}
	}

	@Test
	void anAdministratorMayDoEverything() {
		for (Api caller : callers().get("ADMIN")) {
			OPERATIONS.forEach((path) -> caller.post(path).ok());
			caller.post(Api.EMERGENCY).ok();
		}
	}

	@Test
	void theHistoryKnowsTheCaller() {
		this.api.bearer("operator-token").post(Api.RUN).ok();
		this.api.as("operator", Service.PASSWORD).post(Api.PURGE).ok();
		JsonNode runs = this.api.get(Api.RUNS).ok().get("items");
		assertThat(runs.get(0).get("actor").stringValue()).isEqualTo("operator");
		assertThat(runs.get(1).get("actor").stringValue()).isEqualTo("cron");
		assertThat(runs.get(1).get("trigger").stringValue()).isEqualTo("api");
	}

	/** Who tries names learns nothing. */
	@Test
	void wrongCredentialsAreNotMissingOnes() {
		assertThat(this.api.anonymous().get(Api.STATUS).problem(401).get("detail").stringValue())
			.isEqualTo("Authentication required: send Basic credentials or a Bearer token.");
		for (String user : List.of("admin", "nobody")) {
			assertThat(this.api.as(user, "wrong").get(Api.STATUS).problem(401).get("detail").stringValue())
				.isEqualTo("The user name or password is wrong.");
		}
	}

	@Test
	void nobodyElseMayDoAnything() {
		List<Api> strangers = List.of(this.api.anonymous(), this.api.as("admin", "wrong"), this.api.as("operator", ""),
				this.api.as("nobody", Service.PASSWORD), this.api.as("dashboard", "viewer-token"),
				this.api.bearer("wrong"), this.api.bearer(""), this.api.bearer(Service.PASSWORD),
				this.api.as("viewer", "{noop}" + Service.PASSWORD), this.api.with("Authorization", "Basic !!!"),
				this.api.with("Authorization", "Digest x"), this.api.with("Authorization", "Basic"));
		for (Api stranger : strangers) {
			VIEWS.forEach((path) -> assertRefused(stranger.get(path)));
			OPERATIONS.forEach((path) -> assertRefused(stranger.post(path)));
			assertRefused(stranger.post(Api.EMERGENCY));
			assertRefused(stranger.get("/nothing"));
		}
		nothingIsDeleted();
	}

	private static void assertRefused(Answer answer) {
		answer.problem(401);
		assertThat(answer.headers("WWW-Authenticate")).anyMatch((challenge) -> challenge.startsWith("Basic"))
			.anyMatch((challenge) -> challenge.startsWith("Bearer"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness" })
	void healthIsOpenButItsDetailsAreNot(String path) {
		Answer open = this.api.anonymous().get(path);
		assertThat(open.status()).isEqualTo(200);
		assertThat(open.json().get("status").stringValue()).isEqualTo("UP");
		assertThat(open.json().has("components") || open.json().has("details")).isFalse();
		assertThat(open.headers("Set-Cookie")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator", "/actuator/health/db", "/actuator/health/retention" })
	void theRestOfTheActuatorIsNot(String path) {
		this.api.anonymous().get(path).problem(401);
	}

	@Test
	void usersSeeTheDetailsOfHealth() {
		JsonNode health = this.api.as("viewer", Service.PASSWORD).get("/actuator/health").json();
		assertThat(health.get("components").propertyNames()).contains("retention", "db");
	}

	@ParameterizedTest
	@CsvSource({ "Origin,https://evil.example.org", "Origin,null", "Origin,https://dashboard.example.org.evil.org",
			"Origin,http://dashboard.example.org", "Origin,https://dashboard.example.org:8443",
			"Origin,http://localhost:1", "Origin,nonsense", "Sec-Fetch-Site,cross-site", "Sec-Fetch-Site,same-site",
			"Sec-Fetch-Site,nonsense" })
	void anotherSiteMayNotDeleteEvenWithCredentials(String header, String value) {
		for (String path : List.of(Api.RUN, Api.EMERGENCY, Api.PURGE, Api.RUN + "?dryRun=true")) {
			Answer answer = this.api.with(header, value).post(path);
			answer.problem(403);
			assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
			this.api.bearer("admin-token").with(header, value).post(path).problem(403);
		}
		nothingIsDeleted();
	}

	@Test
	void anotherSiteMayNotReadEither() {
		Answer answer = this.api.with("Origin", "https://evil.example.org").get(Api.STATUS);
		assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
	}

	@Test
	void anAllowedSiteMay() {
		Api dashboard = this.api.with("Origin", ALLOWED).with("Sec-Fetch-Site", "cross-site");
		Answer answer = dashboard.post(Api.RUN + "?dryRun=true");
		answer.ok();
		assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(ALLOWED);
		assertThat(answer.header("Access-Control-Allow-Credentials")).isEqualTo("true");
		Answer status = dashboard.get(Api.STATUS);
		status.ok();
		assertThat(status.header("Access-Control-Allow-Origin")).isEqualTo(ALLOWED);
	}

	@Test
	void anAllowedSiteIsToldSoBeforehand() {
		Api browser = this.api.anonymous()
			.with("Access-Control-Request-Method", "POST")
			.with("Access-Control-Request-Headers", "authorization,content-type");
		Answer allowed = browser.with("Origin", ALLOWED).send("OPTIONS", Api.RUN, null);
		assertThat(allowed.status()).isEqualTo(200);
		assertThat(allowed.header("Access-Control-Allow-Origin")).isEqualTo(ALLOWED);
		assertThat(allowed.header("Access-Control-Allow-Methods")).contains("POST");
		Answer other = browser.with("Origin", "https://evil.example.org").send("OPTIONS", Api.RUN, null);
		assertThat(other.header("Access-Control-Allow-Origin")).isEmpty();
	}

	@Test
	void ourOwnPagesMay() {
		String own = "http://localhost:" + this.api.port();
		this.api.with("Origin", own).post(Api.RUN + "?dryRun=true").ok();
		this.api.with("Origin", own).with("Sec-Fetch-Site", "same-origin").post(Api.RUN + "?dryRun=true").ok();
		this.api.with("Sec-Fetch-Site", "none").post(Api.RUN + "?dryRun=true").ok();
	}

	@Test
	void noAnswerSetsACookie() {
		for (Api caller : List.of(this.api, this.api.anonymous(), this.api.as("admin", "wrong"))) {
			for (Answer answer : List.of(caller.get(Api.STATUS), caller.post(Api.RUN + "?dryRun=true"),
					caller.get("/actuator/health"), caller.get("/nothing"))) {
				assertThat(answer.headers("Set-Cookie")).isEmpty();
			}
		}
	}

	@AfterEach
	void noSessionIsKept() {
		assertThat(this.api.anonymous().get(Api.STATUS).status()).isEqualTo(401);
	}

	private void nothingIsDeleted() {
		assertThat(this.rows.count("generations")).isEqualTo(12);
		assertThat(this.rows.count("jobs")).isEqualTo(2);
		assertThat(runs()).isZero();
	}

}
