package com.delula.retention.dashboard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.delula.retention.support.Answer;
import com.delula.retention.support.Pages;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Whoever logs in at one instance is known to all, and to none after the logout. */
class PageSessionTests {

	private static final String COOKIE = "RETENTION_SESSION";

	private static TestDatabase database;

	private static Service one;

	private static Service other;

	@BeforeAll
	static void startTwo() {
		database = TestDatabase.started();
		one = start("OPERATOR", Service.PASSWORD);
		other = start("OPERATOR", Service.PASSWORD);
	}

	@AfterAll
	static void stop() {
		one.close();
		other.close();
		database.close();
	}

	private static Service start(String role, String password, String... more) {
		List<String> all = new ArrayList<>(
				List.of("--retention.security.users[0].name=olga", "--retention.security.users[0].role=" + role,
						"--retention.security.users[0].password={noop}" + password));
		Stream.of(more).forEach(all::add);
		return Service.start(database, all.toArray(String[]::new));
	}

	private static Pages login(Service service) {
		Pages pages = new Pages(service.api().port());
		pages.login("olga", Service.PASSWORD);
		return pages;
	}

	@Test
	void logsInAtOneAndActsAtTheOther() {
		database.rows().clear();
		database.rows().generation().failed().recipe(16).age(Duration.ofDays(3)).insert(12);
		Pages pages = login(one);
		String preview = pages.get("/actions/backlog-cleanup/regular/preview").text();
		String previewed = preview.replaceAll("(?s).*?name=\"previewed\" value=\"([^\"]+)\".*", "$1");
		pages.moveTo(other.api().port());
		Answer answer = pages.post("/actions/backlog-cleanup/regular",
				"dryRun=false&expectedRows=2&previewed=" + previewed);
		assertThat(answer.status()).as(answer.text()).isEqualTo(302);
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> database.rows().count("generations") == 10);
		assertThat(pages.get("/runs").text()).contains("olga");
		assertThat(pages.postWithoutToken("/actions/backlog-cleanup/regular", "dryRun=true").status()).isEqualTo(403);
	}

	@Test
	void whoLogsOutAtOneIsOutAtBoth() {
		Pages pages = login(one);
		String copy = pages.cookie(COOKIE);
		assertThat(pages.get("/runs").status()).isEqualTo(200);
		pages.moveTo(other.api().port());
		assertThat(pages.post("/logout", "").header("Location")).endsWith("/login?bye");
		assertThat(pages.cookie(COOKIE)).isEmpty();
		for (Service service : List.of(one, other)) {
			assertThat(with(service, copy).status()).isEqualTo(302);
		}
	}

	@Test
	void whoLogsInAgainLandsOnAPage() {
		Pages pages = login(one);
		String bye = pages.post("/logout", "").header("Location").replaceAll("^http://[^/]+", "");
		assertThat(pages.get(bye).text()).contains("You have logged out.");
		assertThat(pages.login("olga", Service.PASSWORD).header("Location")).endsWith("/");
		assertThat(pages.get("/login").header("Location")).endsWith("/");
	}

	@Test
	void afterTheLoginOneComesBackToThePage() {
		Pages pages = new Pages(one.api().port());
		assertThat(pages.get("/runs?task=job-purge").status()).isEqualTo(302);
		assertThat(pages.login("olga", Service.PASSWORD).header("Location")).endsWith("/runs?task=job-purge");
	}

	@Test
	void aCookieThatWasChangedOpensNothing() {
		String[] parts = login(one).cookie(COOKIE).split("\\.");
		String later = parts[0] + "." + parts[1] + "." + (Long.parseLong(parts[2]) + 1) + "." + parts[3];
		String admin = parts[0] + ".YWRtaW4." + parts[2] + "." + parts[3];
		for (String forged : List.of(later, admin, "x", "...", parts[0] + "." + parts[1] + "." + parts[2] + ".")) {
			assertThat(with(one, forged).status()).as(forged).isEqualTo(302);
		}
	}

	/** Each cookie is of an instance that was restarted with other users since. */
	@Test
	void aRestartHoldsToTheNewRolesAndPasswords() {
		Pages pages = login(one);
		try (Service viewer = start("VIEWER", Service.PASSWORD)) {
			pages.moveTo(viewer.api().port());
			assertThat(pages.get("/runs").status()).isEqualTo(200);
			assertThat(pages.get("/actions/backlog-cleanup/regular").status()).isEqualTo(403);
		}
		try (Service changed = start("OPERATOR", "another")) {
			pages.moveTo(changed.api().port());
			assertThat(pages.get("/runs").status()).isEqualTo(302);
		}
		try (Service without = Service.start(database)) {
			pages.moveTo(without.api().port());
			assertThat(pages.get("/runs").status()).isEqualTo(302);
		}
	}

	@Test
	void aSessionThatIsNotUsedEnds() {
		try (Service brief = start("OPERATOR", Service.PASSWORD, "--server.servlet.session.timeout=1s")) {
			Pages pages = login(brief);
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> pages.get("/doctor").status() == 302);
		}
	}

	@Test
	void anUnknownAddressIsAPageInItsFrame() {
		Pages pages = login(one);
		for (String path : List.of("/nonsense", "/runs/1/2/3", "/actions", "/overview/nothing")) {
			Answer answer = pages.get(path);
			assertThat(answer.status()).as(path).isEqualTo(404);
			assertThat(answer.text()).as(path).contains("Page not found", "Log out", "olga");
		}
		pages.get("/api/admin/nothing").problem(404);
		assertThat(pages.get("/api/admin/runs").status()).isEqualTo(401);
		assertThat(pages.get("/api/admin/purge").status()).isEqualTo(401);
		assertThat(new Pages(one.api().port()).get("/nonsense").status()).isEqualTo(401);
	}

	private static Answer with(Service service, String cookie) {
		return service.api().anonymous().with("Cookie", COOKIE + "=" + cookie).get("/runs");
	}

}
