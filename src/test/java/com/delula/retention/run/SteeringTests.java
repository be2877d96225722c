package com.delula.retention.run;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Predicate;

import com.delula.retention.cli.CommandLineRunner;
import com.delula.retention.support.Answer;
import com.delula.retention.support.Api;
import com.delula.retention.support.OtherSession;
import com.delula.retention.support.Pages;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Runs that are steered and held back, on two instances with one database. */
@Tag("core")
class SteeringTests {

	private static final Duration PATIENCE = Duration.ofSeconds(40);

	private static final String RESPOND_ASYNC = "respond-async";

	private static TestDatabase database;

	private static JdbcClient jdbc;

	private static Service one;

	private static Service two;

	@BeforeAll
	static void start() {
		database = TestDatabase.started();
		jdbc = database.jdbc();
		for (String table : List.of("nightly", "swift")) {
			jdbc.sql("CREATE TABLE " + table + " (id bigserial PRIMARY KEY, at timestamptz NOT NULL)").update();
		}
		insert("swift", 40);
		one = instance("--retention.run.max-duration=8s");
		two = instance("--retention.throttle.max-active-sessions=0");
	}

	private static Service instance(String setting) {
		LocalTime later = LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES).plusHours(6);
		return Service.start(database, "--retention.run.lease=5s", "--retention.run.duty-cycle=0.1",
				"--retention.run.batch.min-rows=1", "--retention.run.batch.max-rows=20",
				"--retention.rules.nightly.tables[0].table=nightly", "--retention.rules.nightly.tables[0].time=at",
				"--retention.rules.nightly.max-age=1h", "--retention.rules.nightly.emergency=true",
				"--retention.rules.nightly.schedule.cron=-",
				"--retention.rules.nightly.windows=" + later + "-" + later.plusHours(1),
				"--retention.rules.swift.tables[0].table=swift", "--retention.rules.swift.tables[0].time=at",
				"--retention.rules.swift.max-age=1h", "--retention.rules.swift.schedule.cron=-",
				"--retention.rules.swift.run-when-due=30", setting);
	}

	@AfterAll
	static void stop() {
		one.close();
		two.close();
		database.close();
	}

	private static void insert(String table, int rows) {
		jdbc.sql("INSERT INTO " + table + " (at) SELECT now() - interval '2 hours' FROM generate_series(1, :rows)")
			.param("rows", rows)
			.update();
	}

	private static String begin(Service service, String path) {
		Answer begun = service.api().with("Prefer", RESPOND_ASYNC).post(path);
		assertThat(begun.status()).as(begun.text()).isEqualTo(202);
		return begun.json().get("id").asString();
	}

	private static Answer steer(Service service, String run, String wish) {
		return service.api().with("Content-Type", "application/json").send("PATCH", Api.RUNS + "/" + run, wish);
	}

	private static JsonNode await(String run, Predicate<JsonNode> state) {
		return Awaitility.await().atMost(PATIENCE).until(() -> one.api().get(Api.RUNS + "/" + run).ok(), state::test);
	}

	private static Predicate<JsonNode> waitsFor(String text) {
		return (run) -> run.get("waitingFor").isString() && run.get("waitingFor").asString().contains(text);
	}

	private static Predicate<JsonNode> ended(String status) {
		return (run) -> run.get("status").asString().equals(status);
	}

	private static boolean gauge(Service service, String task, String reason, int value) {
		return service.api()
			.get("/actuator/prometheus")
			.text()
			.contains("retention_run_waiting{reason=\"%s\",task=\"%s\"} %d.0".formatted(reason, task, value));
	}

	/** Its instance may see nothing of it between two looks. */
	@Test
	void aRunThatIsPausedAgainAtOnceSaysWhatItWaitsFor() {
		database.rows().generation().failed().age(Duration.ofDays(9)).insert(1500);
		String run = begin(one, Api.RUN);
		steer(two, run, "{\"paused\": true}").ok();
		await(run, waitsFor("resume"));
		steer(two, run, "{\"paused\": false}").ok();
		steer(two, run, "{\"paused\": true}").ok();
		await(run, waitsFor("resume"));
		one.api().post(Api.RUNS + "/" + run + "/cancel");
		await(run, ended("cancelled"));
	}

	/** Its lease would have lapsed and its time limit passed meanwhile. */
	@Test
	void aRunIsPausedAndResumedAndMadeFasterFromAnotherInstance() {
		database.rows().generation().failed().age(Duration.ofDays(9)).insert(1500);
		assertThat(gauge(one, "backlog-cleanup", "paused", 0)).isTrue();
		String run = begin(one, Api.RUN);
		JsonNode asked = steer(two, run, "{\"paused\": true}").ok();
		assertThat(asked.get("paused").asBoolean()).isTrue();
		assertThat(asked.get("dutyCycle").asDouble()).isEqualTo(0.1);
		long removed = await(run, waitsFor("resume")).get("rowsRemoved").asLong();
		assertThat(gauge(one, "backlog-cleanup", "paused", 1)).isTrue();
		Awaitility.await().atMost(PATIENCE).until(() -> startedBefore(run, 9));
		JsonNode paused = one.api().get(Api.RUNS + "/" + run).ok();
		assertThat(paused.get("status").asString()).isEqualTo("running");
		assertThat(paused.get("rowsRemoved").asLong()).isEqualTo(removed).isLessThan(1490);
		assertThat(paused.get("waitingFor").asString()).isEqualTo("an operator to resume it");
		assertThat(steer(two, run, "{\"paused\": false, \"dutyCycle\": 1}").ok().get("waitingFor").isNull()).isTrue();
		JsonNode end = await(run, (now) -> !ended("running").test(now));
		assertThat(end.get("status").asString()).as(end.toString()).isEqualTo("succeeded");
		assertThat(end.get("paused").asBoolean()).isFalse();
		assertThat(end.get("waitingFor").isNull()).isTrue();
		assertThat(end.get("dutyCycle").asDouble()).isEqualTo(1);
		assertThat(end.get("actions")).extracting((action) -> action.get("action").asString())
			.containsExactly("started", "paused", "resumed", "paced");
		assertThat(gauge(one, "backlog-cleanup", "paused", 0)).isTrue();
		assertThat(steer(two, run, "{\"paused\": true}").problem(409).get("runId").asString()).isEqualTo(run);
	}

	private static boolean startedBefore(String run, int seconds) {
		return jdbc.sql("SELECT started_at < now() - make_interval(secs => :seconds) FROM retention_run WHERE id = :id")
			.param("seconds", seconds)
			.param("id", UUID.fromString(run))
			.query(Boolean.class)
			.single();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"paused\": \"true\"}", "{\"dutyCycle\": 0}", "{\"dutyCycle\": 1.5}",
			"{\"dutyCycle\": \"0.5\"}", "{\"paused\": null}", "{\"pause\": true}" })
	void nothingIsGuessed(String wish) {
		String run = UUID.randomUUID().toString();
		jdbc.sql("""
				INSERT INTO retention_run (id, task, mode, trigger, actor, status, dry_run, cutoff, started_at, owner)
				VALUES (CAST(:id AS uuid), 'none', 'regular', 'api', 'x', 'running', false, now(), now(), 'other')
				""").param("id", run).update();
		assertThat(steer(one, run, wish).problem(400).get("detail").asString()).contains("Nothing was changed");
		assertThat(steer(one, UUID.randomUUID().toString(), wish).status()).isEqualTo(404);
		assertThat(one.api()
			.send("PATCH", Api.RUNS + "/" + run + "?dutyCycle=0.25", null)
			.ok()
			.get("dutyCycle")
			.asDouble()).isEqualTo(0.25);
		jdbc.sql("DELETE FROM retention_run WHERE task = 'none'").update();
	}

	@Test
	void pagesAndTheCommandLineSteerToo() {
		insert("nightly", 3);
		String run = begin(one, "/api/admin/rules/nightly/run");
		await(run, waitsFor("its next window ("));
		Pages pages = new Pages(two.api().port());
		pages.login("admin", Service.PASSWORD);
		String page = "/runs/" + run;
		assertThat(pages.post(page + "/pause", "").header("Location")).endsWith(page + "?steered=paused");
		assertThat(pages.get(page).text()).contains(">Resume<", "Full speed").doesNotContain(">Pause<");
		await(run, waitsFor("an operator to resume it"));
		assertThat(pages.get("/overview/tasks").text()).contains(">Resume<", "for an operator to resume it");
		pages.post(page + "/pace", "dutyCycle=0.25");
		pages.post(page + "/resume", "");
		JsonNode resumed = one.api().get(Api.RUNS + "/" + run).ok();
		assertThat(resumed.get("paused").asBoolean()).isFalse();
		assertThat(resumed.get("dutyCycle").asDouble()).isEqualTo(0.25);
		assertThat(pages.post(page + "/pace", "dutyCycle=7").status()).isEqualTo(400);
		CommandLineRunner cli = new CommandLineRunner(database.properties());
		assertThat(cli.run("pace", run, "2")).isEqualTo(2);
		assertThat(cli.err()).contains("must be a number from 0.01 to 1");
		assertThat(cli.run("pause", run)).as(cli.err()).isZero();
		assertThat(cli.run("pace", run, "0.4")).as(cli.err()).isZero();
		assertThat(cli.out()).isEqualTo("Run " + run + " is paused; it will continue with a duty cycle of 0.4.\n");
		assertThat(cli.run("resume", run.substring(0, 12))).as(cli.err()).isZero();
		assertThat(cli.run("pace", run, "0%")).isEqualTo(2);
		assertThat(cli.err()).contains("must be a number from 0.01 to 1, or a percentage");
		assertThat(cli.run("pace", run.toUpperCase(Locale.ROOT), "12.5%")).as(cli.err()).isZero();
		assertThat(cli.out()).isEqualTo("Run " + run + " continues with a duty cycle of 12.5%.\n");
		assertThat(one.api().get(Api.RUNS + "/" + run).ok().get("dutyCycle").asDouble()).isEqualTo(0.125);
		assertThat(cli.run("pace", run, "0.5", "--json")).as(cli.err()).isZero();
		assertThat(cli.out()).contains("\"dutyCycle\" : 0.5");
		one.api().post(Api.RUNS + "/" + run + "/cancel");
		assertThat(await(run, ended("cancelled")).get("error").asString()).isEqualTo("Cancelled by admin (api)");
		assertThat(cli.run("resume", run, "--json")).isEqualTo(1);
		assertThat(cli.err()).contains("The run has ended (cancelled)");
		assertThat(new JsonMapper().readTree(cli.out())).isEqualTo(steer(one, run, "{\"paused\": false}").problem(409));
		assertThat(cli.run("cancel", run)).isZero();
		assertThat(cli.out()).contains("has already ended (cancelled). Nothing was changed.");
		jdbc.sql("DELETE FROM nightly").update();
	}

	/** All but an emergency wait for the window, and the function refuses. */
	@Test
	void aRunWaitsForItsWindow() {
		insert("nightly", 30);
		String run = begin(two, "/api/admin/rules/nightly/run");
		JsonNode waiting = await(run, waitsFor("its next window ("));
		assertThat(waiting.get("rowsDue").asLong()).isEqualTo(30);
		assertThat(waiting.get("rowsRemoved").asLong()).isZero();
		assertThat(gauge(two, "nightly", "window", 1)).isTrue();
		one.api().post(Api.RUNS + "/" + run + "/cancel");
		assertThat(await(run, ended("cancelled")).get("waitingFor").isNull()).isTrue();
		assertThatThrownBy(() -> jdbc.sql("SELECT retention_run_nightly()").query(Long.class).single())
			.hasMessageContaining("nightly runs only within its windows: ");
		assertThat(one.api().post("/api/admin/rules/nightly/emergency").ok().get("rowsRemoved").asLong()).isEqualTo(30);
	}

	@Test
	void aRunWaitsWhileTooManySessionsAreBusy() {
		String held = database.rows().job().completed().age(Duration.ofDays(9)).insert();
		jdbc.sql("CREATE TABLE busy ()").update();
		try (OtherSession holder = OtherSession.begin(database); OtherSession waiter = OtherSession.begin(database)) {
			holder.sql("LOCK TABLE busy");
			Thread busy = new Thread(() -> waiter.sql("SELECT FROM busy"));
			busy.start();
			holder.awaitBlocked();
			String run = begin(two, Api.PURGE);
			await(run, waitsFor("less load (more than 0 sessions are busy)"));
			assertThat(database.rows().jobIds()).contains(held);
			holder.commit();
			await(run, ended("succeeded"));
		}
		assertThat(database.rows().jobIds()).doesNotContain(held);
	}

	@Test
	void enoughDueRowsStartARunOnceOverBoth() {
		Awaitility.await().atMost(PATIENCE).until(() -> count("task = 'swift' AND status = 'succeeded'") == 1);
		assertThat(count("task = 'swift' AND trigger = 'schedule' AND rows_removed = 40")).isEqualTo(1);
		assertThat(count("task = 'swift'")).isEqualTo(1);
	}

	private static long count(String condition) {
		return jdbc.sql("SELECT count(*) FROM retention_run WHERE " + condition).query(Long.class).single();
	}

}
