package com.delula.retention.oidc;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.delula.retention.support.Answer;
import com.delula.retention.support.Api;
import com.delula.retention.support.Endpoint;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import com.nimbusds.jwt.JWTClaimsSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Callers and users whom an OpenID provider knows. The service is up before the provider.
 */
class OpenIdTests {

	private static final String ANY = Api.RUNS;

	private static final Consumer<JWTClaimsSet.Builder> UNCHANGED = (claims) -> {
	};

	private static final OpenIdProvider provider = new OpenIdProvider();

	private static TestDatabase database;

	private static Service service;

	private static Service other;

	private static Answer tokenWhileAway;

	private static Answer passwordWhileAway;

	private static HttpResponse<String> loginWhileAway;

	@BeforeAll
	static void startTwoAndThenTheProvider() {
		database = TestDatabase.started();
		service = start();
		other = start();
		tokenWhileAway = call(provider.token(UNCHANGED));
		passwordWhileAway = service.api().get(ANY);
		loginWhileAway = new ProviderBrowser("olga").get(page(service, "/login/openid"));
		provider.start(service.api().port());
		awaitProvider();
	}

	private static Service start() {
		return Service.start(database, "--retention.security.oidc.issuer-uri=" + provider.issuer(),
				"--retention.security.oidc.audience=" + OpenIdProvider.AUDIENCE,
				"--retention.security.oidc.client-id=" + OpenIdProvider.CLIENT,
				"--retention.security.oidc.client-secret=" + OpenIdProvider.SECRET,
				"--retention.security.oidc.roles-claim=realm_access.roles",
				"--retention.security.oidc.roles.retention-admins=ADMIN",
				"--retention.security.oidc.roles.retention-operators=OPERATOR",
				"--retention.security.oidc.roles.[All staff]=VIEWER", "--retention.security.tokens[0].name=cron",
				"--retention.security.tokens[0].role=OPERATOR",
				"--retention.security.tokens[0].sha256=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
	}

	@AfterAll
	static void stop() {
		service.close();
		other.close();
		provider.close();
		database.close();
	}

	private static Answer call(String token) {
		return service.api().bearer(token).get(ANY);
	}

	private static URI page(Service at, String path) {
		return URI.create("http://localhost:" + at.api().port() + path);
	}

	/** The provider is asked again a moment after it was away. */
	private static void awaitProvider() {
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> call(provider.token(UNCHANGED)).status() == 200);
	}

	private static Consumer<JWTClaimsSet.Builder> roles(Object... roles) {
		return (claims) -> claims.claim("realm_access", Map.of("roles", List.of(roles)));
	}

	@Test
	void aProviderThatIsAwayIsNobodyElsesTrouble() {
		assertThat(passwordWhileAway.status()).isEqualTo(200);
		assertThat(tokenWhileAway.problem(503).get("detail").asString()).contains("OpenID provider");
		assertThat(tokenWhileAway.header("Retry-After")).isNotEmpty();
		assertThat(loginWhileAway.statusCode()).isEqualTo(503);
		assertThat(loginWhileAway.body()).contains("The provider cannot be reached");
		assertThat(service.api().bearer("test").get(ANY).status()).isEqualTo(200);
	}

	@Test
	void aTokenGivesItsHighestRoleAndItsName() {
		Api operator = service.api().bearer(provider.token(UNCHANGED));
		operator.post(Api.PURGE).ok();
		assertThat(operator.get(Api.RUNS + "?size=1").ok().at("/items/0/actor").asString()).isEqualTo("olga");
		operator.post(Api.EMERGENCY + "?dryRun=true").problem(403);
		String admin = provider.token(roles("All staff", "retention-admins", "retention-operators"));
		service.api().bearer(admin).post(Api.EMERGENCY + "?dryRun=true").ok();
		Api viewer = service.api().bearer(provider.token(roles("All staff")));
		viewer.get(ANY).ok();
		viewer.post(Api.PURGE + "?dryRun=true").problem(403);
	}

	/** The table that EndpointTableTests holds all other credentials to. */
	@Test
	void tokensAreAdmittedByTheTableOfEndpoints() {
		Map<String, String> tokens = Map.of("VIEWER", provider.token(roles("All staff")), "OPERATOR",
				provider.token(roles("retention-operators")), "ADMIN", provider.token(roles("retention-admins")));
		Endpoint.all().stream().filter((endpoint) -> !endpoint.isPage()).forEach((endpoint) -> {
			for (String role : Endpoint.ROLES) {
				int status = service.api()
					.bearer(tokens.get(role))
					.send(endpoint.method(), endpoint.harmless(), null)
					.status();
				assertThat(status == 403).as("%s as %s: %d", endpoint, role, status).isEqualTo(!endpoint.admits(role));
				assertThat(status).isNotIn(401, 500);
			}
		});
	}

	@Test
	void whoHasNoRoleThereHasNoneHere() {
		for (Consumer<JWTClaimsSet.Builder> none : List.of(roles(), roles("staff", "RETENTION-ADMINS"),
				(Consumer<JWTClaimsSet.Builder>) (claims) -> claims.claim("realm_access", null))) {
			Api nobody = service.api().bearer(provider.token(none));
			assertThat(nobody.get(ANY).problem(403).get("detail").asString()).contains("no role");
			nobody.post(Api.PURGE).problem(403);
			assertThat(nobody.get("/actuator/health").json().has("components")).isFalse();
		}
	}

	@Test
	void aTokenThatProvesNothingIsRefused() {
		Date past = Date.from(Instant.now().minusSeconds(120));
		Date future = Date.from(Instant.now().plusSeconds(120));
		Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
		String unsigned = base64.encodeToString("{\"alg\":\"none\"}".getBytes()) + "."
				+ provider.token(UNCHANGED).split("\\.")[1] + ".";
		refused(unsigned, "unknown");
		refused("a.b.c", "unknown");
		refused("x", "unknown");
		refused(provider.token((claims) -> claims.audience("other")), "aud");
		refused(provider.token((claims) -> claims.audience((String) null)), "aud");
		refused(provider.token((claims) -> claims.issuer("https://evil.example.org")), "issuer");
		refused(provider.token((claims) -> claims.expirationTime(past)), "expired");
		refused(provider.token((claims) -> claims.expirationTime(null)), "exp");
		refused(provider.token((claims) -> claims.notBeforeTime(future)), "before");
		refused(provider.token((claims) -> claims.subject(null).claim("preferred_username", null)), "name");
		refused(provider.token(UNCHANGED).replaceAll("\\.[^.]*$", ".AAAA"), "verified");
		refused(provider.forged(), "verified");
	}

	private static void refused(String token, String because) {
		Answer answer = call(token);
		assertThat(answer.problem(401).get("detail").asString()).contains(because);
		assertThat(answer.headers("WWW-Authenticate")).anyMatch((challenge) -> challenge.startsWith("Basic"))
			.anyMatch((challenge) -> challenge.startsWith("Bearer") && challenge.contains("error=\"invalid_token\""));
	}

	@Test
	void newKeysAreFetchedWhenATokenNeedsThem() {
		String before = provider.token(UNCHANGED);
		provider.rotateKey();
		awaitProvider();
		refused(before, "verified");
	}

	@Test
	void aLoginBeginsAtOneInstanceAndEndsAtAnother() {
		ProviderBrowser browser = new ProviderBrowser("olga");
		assertThat(browser.get(page(service, "/login")).body()).contains("href=\"/login/openid\"")
			.contains("Log in with localhost");
		assertThat(browser.get(page(service, "/runs?task=job-purge")).statusCode()).isEqualTo(302);
		URI back = browser.comeBackFrom(page(service, "/login/openid").toString());
		assertThat(back.getQuery()).contains("code=", "state=");
		URI elsewhere = URI.create(back.toString().replace(":" + service.api().port(), ":" + other.api().port()));
		HttpResponse<String> in = browser.get(elsewhere);
		assertThat(in.statusCode()).as(in.body()).isEqualTo(302);
		assertThat(in.headers().firstValue("Location"))
			.hasValueSatisfying((location) -> assertThat(location).contains("/runs?task=job-purge"));
		assertThat(browser.get(page(service, "/runs")).body()).contains("olga", "Log out");
		assertThat(browser.get(page(service, "/actions/backlog-cleanup/regular")).statusCode()).isEqualTo(200);
		assertThat(browser.get(page(service, "/actions/backlog-cleanup/emergency")).statusCode()).isEqualTo(403);
		assertThat(browser.get(elsewhere).headers().firstValue("Location").orElse("")).endsWith("/login?failed");
	}

	@Test
	void aRoleThatOnlyTheAccessTokenHasCounts() {
		ProviderBrowser browser = new ProviderBrowser("karl");
		browser.get(browser.comeBackFrom(page(service, "/login/openid").toString()));
		assertThat(browser.get(page(service, "/runs")).body()).contains("karl");
	}

	@Test
	void aLoginWithoutARoleIsRefusedByAPage() {
		ProviderBrowser browser = new ProviderBrowser("nora");
		HttpResponse<String> answer = browser.get(browser.comeBackFrom(page(service, "/login/openid").toString()));
		assertThat(answer.statusCode()).isEqualTo(403);
		assertThat(answer.body()).contains("No role in this service", "nora");
		assertThat(browser.cookie("RETENTION_SESSION")).isEmpty();
	}

	/** Else somebody could have another log in as himself. */
	@Test
	void aLoginThatAnotherBrowserBeganFails() {
		URI back = new ProviderBrowser("olga").comeBackFrom(page(service, "/login/openid").toString());
		ProviderBrowser victim = new ProviderBrowser("olga");
		assertThat(victim.get(back).headers().firstValue("Location").orElse("")).endsWith("/login?failed");
		assertThat(victim.get(page(service, "/login?failed")).body()).contains("login at the provider failed");
		assertThat(victim.cookie("RETENTION_SESSION")).isEmpty();
	}

	@Test
	void aSessionNeedsTheProviderThatVouchedForIt() {
		ProviderBrowser browser = new ProviderBrowser("olga");
		browser.get(browser.comeBackFrom(page(service, "/login/openid").toString()));
		String[] parts = browser.cookie("RETENTION_SESSION").split("\\.");
		String admin = String.join(".", parts[0], parts[1], parts[2], "ADMIN", parts[4]);
		String local = String.join(".", parts[0], parts[1], parts[2], parts[4]);
		for (String forged : List.of(admin, local)) {
			assertThat(service.api().anonymous().with("Cookie", "RETENTION_SESSION=" + forged).get("/runs").status())
				.isEqualTo(302);
		}
	}

}
