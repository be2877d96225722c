package com.delula.retention.undo;

import java.time.Duration;
import java.util.List;

import com.delula.retention.support.Api;
import com.delula.retention.support.Rows;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Rows that are removed are kept for a while. */
class UndoTests {

	private static final Duration OLD = Duration.ofDays(3);

	private static TestDatabase database;

	private static Service service;

	private Api api;

	private Rows rows;

	private JdbcClient jdbc;

	@BeforeAll
	static void start() {
		database = TestDatabase.create(Installation.EXISTING);
		service = Service.start(database, "--retention.backlog.undo=7d", "--retention.purge.undo=36h",
				"--retention.run.duty-cycle=1");
	}

	@AfterAll
	static void end() {
		service.close();
		database.close();
	}

	@BeforeEach
	void empty() {
		this.api = service.api();
		this.rows = database.rows();
		this.jdbc = database.jdbc();
		this.rows.clear();
		this.jdbc.sql("DELETE FROM retention_run").update();
		this.jdbc.sql("DELETE FROM retention_undo").update();
	}

	/** In the partition of the day on which they may go. */
	@Test
	void removedRowsAreKept() {
		List<Long> ids = this.rows.generation().failed().recipe(16).age(OLD).insert(13);
		List<String> jobs = this.rows.job().completed().age(OLD).insertIds(2);
		this.rows.upscaleJob(jobs.get(0)).failed().age(OLD).insert();
		String run = this.api.post(Api.RUN).ok().get("runId").stringValue();
		assertThat(kept("SELECT row_key[1] FROM retention_undo WHERE table_name = 'generations' AND row_group = '16'"
				+ " AND run_id = '" + run + "' ORDER BY row_key[1]::bigint"))
			.containsExactlyElementsOf(ids.stream().limit(3).map(String::valueOf).toList());
		assertThat(this.api.post(Api.PURGE).ok().get("upscaleJobsDeleted").longValue()).isEqualTo(1);
		assertThat(kept("SELECT table_name || ' ' || count(*) FROM retention_undo GROUP BY table_name ORDER BY 1"))
			.containsExactly("generations 3", "jobs 2", "upscale_jobs 1");
		assertThat(kept("SELECT DISTINCT CAST(tableoid AS regclass) || '' FROM retention_undo ORDER BY 1"))
			.containsExactlyElementsOf(kept("""
					SELECT 'retention_undo_' || to_char(now() AT TIME ZONE 'UTC' + d.kept, 'YYYYMMDD')
					FROM (VALUES (interval '36 hours'), (interval '7 days')) AS d (kept) ORDER BY 1"""));
	}

	@Test
	void theFunctionKeepsThemToo() {
		this.rows.generation().failed().recipe(16).age(OLD).insert(12);
		List<String> jobs = this.rows.job().completed().age(OLD).insertIds(2);
		this.rows.upscaleJob(jobs.get(0)).failed().age(OLD).insert();
		this.jdbc.sql("SELECT backlog_cleanup_failed_generations()").query(Long.class).single();
		this.jdbc.sql("SELECT retention_run_job_purge()").query(Long.class).single();
		assertThat(kept("SELECT table_name || ' ' || count(*) FROM retention_undo GROUP BY table_name ORDER BY 1"))
			.containsExactly("generations 2", "jobs 2", "upscale_jobs 1");
		assertThat(kept("SELECT DISTINCT CAST(row_data ->> 'status' AS text) FROM retention_undo ORDER BY 1"))
			.containsExactly("completed", "failed");
	}

	@Test
	void whatHasExpiredIsForgotten() {
		String day = "to_char(now() AT TIME ZONE 'UTC' - interval '1 day', 'YYYYMMDD')";
		String old = kept("SELECT 'retention_undo_' || " + day).get(0);
		this.jdbc
			.sql("CREATE TABLE " + old + " PARTITION OF retention_undo FOR VALUES FROM ('" + old.substring(15)
					+ "') TO ('" + kept("SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDD')").get(0) + "')")
			.update();
		this.jdbc
			.sql("INSERT INTO retention_undo VALUES (gen_random_uuid(), 't', '{1}', NULL, now(), '" + old.substring(15)
					+ "', '{}'), (gen_random_uuid(), 't', '{1}', NULL, now(), 'epoch', '{}')")
			.update();
		service.bean(UndoPartitions.class).keepUp();
		assertThat(kept("SELECT CAST(to_regclass('" + old + "') AS text) FROM retention_undo")).isEmpty();
		assertThat(kept("SELECT coalesce(CAST(to_regclass('" + old + "') AS text), 'gone')")).containsExactly("gone");
	}

	@Test
	void aRuleWithoutAWindowKeepsNothing() {
		JsonNode rules = this.api.get("/api/admin/rules").ok().get("items");
		assertThat(rules.get(0).get("undoHours").longValue()).isEqualTo(168);
	}

	private List<String> kept(String sql) {
		return this.jdbc.sql(sql).query(String.class).list();
	}

}
