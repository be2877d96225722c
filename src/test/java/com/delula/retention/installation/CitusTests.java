package com.delula.retention.installation;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import com.delula.retention.support.Api;
import com.delula.retention.support.Rows;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import tools.jackson.databind.JsonNode;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** A real Citus, with one node and four shards for each table. */
@EnabledIf(value = CitusServer.IS_INSTALLED, disabledReason = CitusServer.MISSING)
class CitusTests {

	private static final Duration OLD = Duration.ofDays(3);

	private static final Duration YOUNG = Duration.ofHours(1);

	private static CitusServer server;

	private static TestDatabase database;

	private static Service service;

	private final Rows rows = database.rows();

	private final JdbcClient jdbc = database.jdbc();

	private final Api api = service.api();

	@BeforeAll
	static void start() throws IOException {
		server = CitusServer.start();
		database = server.database();
		service = Service.start(database, CitusServer.SETTINGS);
	}

	@AfterAll
	static void stop() throws IOException {
		service.close();
		database.close();
		server.close();
	}

	@BeforeEach
	void empty() {
		this.rows.clear();
		for (String table : List.of("events", "visits", "notes", "retention_run", "retention_policy")) {
			this.jdbc.sql("DELETE FROM " + table).update();
		}
	}

	@Test
	void theBacklogUnderPolicies() {
		List<Long> others = this.rows.generation().user("alice").failed().recipe(16).age(OLD).insert(12);
		List<Long> old = this.rows.generation().failed().recipe(16).failureReason("timeout").age(OLD).insert(25);
		List<Long> held = this.rows.generation().failed().recipe(16).failureReason("safety").age(OLD).insert(3);
		List<Long> young = this.rows.generation().failed().recipe(17).age(YOUNG).insert(15);
		List<Long> none = this.rows.generation().failed().recipe(null).age(OLD).insert(13);
		policy("safety", "{\"match\":{\"failureReason\":\"safety\"},\"hold\":true}");
		policy("soon", "{\"match\":{\"recipeId\":17},\"maxAgeHours\":0,\"keepNewest\":5}");
		assertThat(verdict("backlog-cleanup", old.get(0))).isEqualTo("due");
		assertThat(verdict("backlog-cleanup", old.get(24))).isEqualTo("kept-newest");
		assertThat(verdict("backlog-cleanup", held.get(0))).isEqualTo("held");
		assertThat(cleaned(Api.RUN + "?dryRun=true")).isEqualTo(28);
		assertThat(this.api.get(Api.STATUS).ok().get("failedGenerations").longValue()).isEqualTo(56);
		JsonNode answer = this.api.post(Api.RUN).ok();
		assertThat(answer.get("cleanedUpGenerations").longValue()).isEqualTo(28);
		assertThat(answer.get("recipesAffected").longValue()).isEqualTo(3);
		assertThat(this.rows.generationIds()).containsAll(others)
			.containsAll(held)
			.containsAll(old.subList(15, 25))
			.containsAll(young.subList(10, 15))
			.containsAll(none.subList(3, 13))
			.hasSize(40);
		assertThat(this.api.post(Api.EMERGENCY).ok().get("removedCount").longValue()).isEqualTo(25);
		assertThat(this.rows.generationIds()).containsAll(others).containsAll(held).hasSize(15);
		assertBooked(53);
	}

	private long cleaned(String path) {
		return this.api.post(path).ok().get("cleanedUpGenerations").longValue();
	}

	private void policy(String id, String json) {
		policy("backlog-cleanup", id, json);
	}

	private void policy(String rule, String id, String json) {
		assertThat(this.api.with("Content-Type", "application/json")
			.send("PUT", "/api/admin/rules/" + rule + "/policies/" + id, json)
			.status()).isEqualTo(200);
	}

	private String verdict(String rule, Object key) {
		return this.api.get("/api/admin/rules/" + rule + "/rows/" + key).ok().get("verdict").stringValue();
	}

	@Test
	void thePurge() {
		List<String> jobs = this.rows.job().completed().age(OLD).insertIds(40);
		this.rows.job().queued().age(OLD).insert();
		jobs.subList(0, 9).forEach((job) -> this.rows.upscaleJob(job).failed().age(OLD).insert());
		this.rows.upscaleJob(jobs.get(30)).processing().age(OLD).insert();
		this.rows.upscaleJob(jobs.get(31)).completed().age(YOUNG).insert();
		JsonNode dry = this.api.post(Api.PURGE + "?dryRun=true").ok();
		JsonNode status = this.api.get(Api.PURGE_STATUS).ok();
		JsonNode answer = this.api.post(Api.PURGE).ok();
		for (JsonNode told : List.of(dry, answer)) {
			assertThat(told.get("jobsDeleted").longValue()).isEqualTo(38);
			assertThat(told.get("upscaleJobsDeleted").longValue()).isEqualTo(9);
			assertThat(told.get("jobsKeptReferenced").longValue()).isEqualTo(2);
		}
		assertThat(status.get("dueJobs").longValue()).isEqualTo(38);
		assertThat(this.rows.jobIds()).contains(jobs.get(30), jobs.get(31)).hasSize(3);
		assertBooked(47);
	}

	@Test
	void aConfiguredRule() {
		insertEvents();
		assertThat(status("events").get("rowsDue").longValue()).isEqualTo(32);
		assertThat(removed("/api/admin/rules/events/run?dryRun=true&kind=x", "rowsDue")).isEqualTo(8);
		assertThat(removed("/api/admin/rules/events/run?kind=x", "rowsRemoved")).isEqualTo(8);
		assertThat(removed("/api/admin/rules/events/run", "rowsRemoved")).isEqualTo(24);
		assertThat(this.rows.count("events")).isEqualTo(16);
		assertThat(removed("/api/admin/rules/events/emergency", "rowsRemoved")).isEqualTo(16);
		assertBooked(48);
		assertThat(this.api.get("/api/admin/rules/events/report").status()).isEqualTo(200);
	}

	/**
	 * For each of eight tenants two young rows and four old ones, the oldest of kind x.
	 */
	private void insertEvents() {
		this.jdbc.sql("""
				INSERT INTO events (tenant, kind, at)
				SELECT 't' || t, CASE WHEN n = 6 THEN 'x' ELSE 'y' END,
					now() - CASE WHEN n <= 2 THEN interval '1 hour' ELSE interval '1 day' * n END
				FROM generate_series(1, 8) t, generate_series(1, 6) n
				""").update();
	}

	private JsonNode status(String rule) {
		return this.api.get("/api/admin/rules/" + rule + "/status").ok();
	}

	private long removed(String path, String count) {
		return this.api.post(path).ok().get(count).longValue();
	}

	/**
	 * Groups that are numbers and others than what the rows are spread by, of rows that
	 * others cascade to.
	 */
	@Test
	void theNewestOfNumberedGroups() {
		this.jdbc.sql("""
				INSERT INTO visits
				SELECT gen_random_uuid(), nullif(n % 8, 0), CASE WHEN n % 2 = 0 THEN at END, at
				FROM (SELECT n, now() AT TIME ZONE 'UTC' - n * interval '1 hour' AS at FROM generate_series(1, 800) n) x
				""").update();
		this.jdbc.sql("INSERT INTO clicks SELECT id, 1 FROM visits").update();
		policy("visits", "third", "{\"match\":{\"site\":3},\"keepNewest\":5}");
		assertThat(removed("/api/admin/rules/visits/run?dryRun=true", "rowsDue")).isEqualTo(774);
		assertThat(removed("/api/admin/rules/visits/run", "rowsRemoved")).isEqualTo(774);
		assertThat(this.jdbc
			.sql("SELECT count(*) FROM visits WHERE created > now() AT TIME ZONE 'UTC' - interval '25 hours'")
			.query(Long.class)
			.single()).isEqualTo(24);
		assertThat(this.rows.count("clicks")).isEqualTo(26);
		assertBooked(774);
	}

	/** One group of a table that every node has whole. */
	@Test
	void theNewestOfAReferenceTable() {
		this.jdbc.sql("INSERT INTO notes SELECT n, now() - n * interval '12 hours' FROM generate_series(1, 250) n")
			.update();
		assertThat(removed("/api/admin/rules/notes/run?dryRun=true", "rowsDue")).isEqualTo(245);
		assertThat(removed("/api/admin/rules/notes/run", "rowsRemoved")).isEqualTo(245);
		assertThat(this.jdbc.sql("SELECT id FROM notes ORDER BY id").query(Long.class).list()).containsExactly(1L, 2L,
				3L, 4L, 5L);
		assertBooked(245);
	}

	/** As the start and the doctor say. */
	@Test
	void anUndoWindowKeepsNothing() {
		insertEvents();
		JsonNode run = this.api.post("/api/admin/rules/events/run").ok();
		assertThat(run.get("rowsRemoved").longValue()).isEqualTo(32);
		assertThat(this.rows.count("retention_undo")).isZero();
		assertThat(this.api.post(Api.RUNS + "/" + run.get("id").stringValue() + "/restore").status()).isBetween(400,
				499);
	}

	@Test
	void theFunctionsInsideTheDatabase() {
		this.rows.generation().failed().recipe(16).age(OLD).insert(15);
		this.rows.generation().failed().recipe(17).failureReason("safety").age(OLD).insert(12);
		policy("safety", "{\"match\":{\"failureReason\":\"safety\"},\"hold\":true}");
		List<String> jobs = this.rows.job().completed().age(OLD).insertIds(10);
		this.rows.upscaleJob(jobs.get(3)).queued().age(OLD).insert();
		this.rows.upscaleJob(jobs.get(4)).completed().age(OLD).insert();
		insertEvents();
		assertThat(function("retention_run_backlog_cleanup")).isEqualTo(5);
		assertThat(function("retention_run_job_purge")).isEqualTo(10);
		assertThat(function("retention_run_events")).isEqualTo(32);
		assertThat(this.rows.jobIds()).containsExactly(jobs.get(3));
		assertBooked(47);
	}

	private long function(String name) {
		return this.jdbc.sql("SELECT " + name + "()").query(Long.class).single();
	}

	private void assertBooked(long rows) {
		assertThat(this.jdbc.sql("SELECT sum(amount) FROM credit_transactions").query(Long.class).single())
			.isEqualTo(rows);
		assertThat(
				this.jdbc.sql("SELECT sum(rows_removed) FROM retention_run WHERE NOT dry_run AND status = 'succeeded'")
					.query(Long.class)
					.single())
			.isEqualTo(rows);
	}

}
