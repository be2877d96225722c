package com.delula.retention.undo;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.delula.retention.run.KeyText;
import com.delula.retention.support.Api;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Rows that are removed are kept for a while. */
@Tag("core")
class UndoTests extends OnUndoService {

	/** In the partition of the day on which they may go. */
	@Test
	void removedRowsAreKept() {
		List<Long> ids = this.rows.generation().failed().recipe(16).age(OLD).insert(13);
		List<String> jobs = this.rows.job().completed().age(OLD).insertIds(2);
		this.rows.upscaleJob(jobs.get(0)).failed().age(OLD).insert();
		String run = this.api.post(Api.RUN).ok().get("runId").stringValue();
		assertThat(read("SELECT row_key[1] FROM retention_undo WHERE table_name = 'generations' AND row_group = '16'"
				+ " AND run_id = '" + run + "' ORDER BY row_key[1]::bigint"))
			.containsExactlyElementsOf(ids.stream().limit(3).map(String::valueOf).toList());
		assertThat(this.api.post(Api.PURGE).ok().get("upscaleJobsDeleted").longValue()).isEqualTo(1);
		assertThat(read("SELECT table_name || ' ' || count(*) FROM retention_undo GROUP BY table_name ORDER BY 1"))
			.containsExactly("generations 3", "jobs 2", "upscale_jobs 1");
		assertThat(read("SELECT DISTINCT CAST(tableoid AS regclass) || '' FROM retention_undo ORDER BY 1"))
			.containsExactlyElementsOf(read("""
					SELECT 'retention_undo_' || to_char(now() AT TIME ZONE 'UTC' + d.kept, 'YYYYMMDD')
					FROM (VALUES (interval '36 hours'), (interval '7 days')) AS d (kept) ORDER BY 1"""));
	}

	@Test
	void aRemovedRowIsExplained() {
		long id = this.rows.generation().failed().recipe(16).age(OLD).insert(11).get(0);
		String run = this.api.post(Api.RUN).ok().get("runId").stringValue();
		JsonNode row = this.api.get("/api/admin/rules/backlog-cleanup/rows/0" + id).ok();
		assertThat(row.get("verdict").stringValue()).isEqualTo("removed");
		assertThat(row.get("runId").stringValue()).isEqualTo(run);
		assertThat(row.get("group").stringValue()).isEqualTo("16");
		assertThat(row.get("because").stringValue()).startsWith("The run " + run + " removed it at ")
			.contains("It can be restored until ");
		assertThat(this.api.get("/api/admin/rules/backlog-cleanup/rows/99999").ok().get("because").stringValue())
			.isEqualTo("There is no row with this key in generations, nor among the removed rows that are kept.");
	}

	/** Such as the preview's list of rows writes it. */
	@Test
	void aKeyOfSeveralColumnsMayHoldCommas() {
		for (String part : List.of("plain", "a,b", "\"", "say \"x\", then", "")) {
			this.jdbc.sql("INSERT INTO things (id, part, \"At\") VALUES (1, :part, 'epoch')")
				.param("part", part)
				.update();
			String key = URLEncoder.encode(KeyText.of(List.of(part, "1")), StandardCharsets.UTF_8);
			assertThat(this.api.get("/api/admin/rules/things/rows?key=" + key).ok().get("verdict").stringValue())
				.as(part)
				.isEqualTo("due");
		}
		for (String key : List.of("plain", "%22plain,1", "%22a%22b,x", "plain,1,2")) {
			this.api.get("/api/admin/rules/things/rows?key=" + key).problem(400);
		}
	}

	@Test
	void theFunctionKeepsThemToo() {
		this.rows.generation().failed().recipe(16).age(OLD).insert(12);
		List<String> jobs = this.rows.job().completed().age(OLD).insertIds(2);
		this.rows.upscaleJob(jobs.get(0)).failed().age(OLD).insert();
		this.jdbc.sql("SELECT backlog_cleanup_failed_generations()").query(Long.class).single();
		this.jdbc.sql("SELECT retention_run_job_purge()").query(Long.class).single();
		assertThat(read("SELECT table_name || ' ' || count(*) FROM retention_undo GROUP BY table_name ORDER BY 1"))
			.containsExactly("generations 2", "jobs 2", "upscale_jobs 1");
		assertThat(read(
				"SELECT DISTINCT s FROM retention_undo, unnest(row_values) AS s WHERE s IN ('completed', 'failed') ORDER BY 1"))
			.containsExactly("completed", "failed");
	}

	@Test
	void whatHasExpiredIsForgotten() {
		String day = "to_char(now() AT TIME ZONE 'UTC' - interval '1 day', 'YYYYMMDD')";
		String old = read("SELECT 'retention_undo_' || " + day).get(0);
		this.jdbc
			.sql("CREATE TABLE " + old + " PARTITION OF retention_undo FOR VALUES FROM ('" + old.substring(15)
					+ "') TO ('" + read("SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDD')").get(0) + "')")
			.update();
		this.jdbc
			.sql("INSERT INTO retention_undo VALUES (gen_random_uuid(), 't', '{1}', NULL, now(), '" + old.substring(15)
					+ "', '{}'), (gen_random_uuid(), 't', '{1}', NULL, now(), 'epoch', '{}')")
			.update();
		this.service.bean(UndoPartitions.class).keepUp();
		assertThat(read("SELECT CAST(to_regclass('" + old + "') AS text) FROM retention_undo")).isEmpty();
		assertThat(read("SELECT coalesce(CAST(to_regclass('" + old + "') AS text), 'gone')")).containsExactly("gone");
	}

	@Test
	void aRuleWithoutAWindowKeepsNothing() {
		this.jdbc.sql("INSERT INTO numbered DEFAULT VALUES").update();
		String run = run("numbered");
		assertThat(this.rows.count("numbered") + this.rows.count("retention_undo")).isZero();
		assertThat(restore(run).problem(409).get("detail").stringValue()).contains("retention.rules.numbered.undo");
	}

}
