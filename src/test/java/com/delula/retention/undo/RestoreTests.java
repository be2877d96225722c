package com.delula.retention.undo;

import java.util.List;
import java.util.Map;

import com.delula.retention.run.engine.RunEngine;
import com.delula.retention.support.Api;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What a run removed comes back, exactly and once. */
@Tag("core")
class RestoreTests extends OnUndoService {

	private static final String THINGS = """
			INSERT INTO things VALUES (1, 'a,b', now() - interval '3 days', 'sad', '[0:1]={sad,happy}', '\\x00ff5c', 1.1000000000, 'NaN',
				'-0', 'Infinity', '-1 mons +2 days -00:00:00.000001', '[2020-01-01 00:00:00.123456+03,)', '0044-03-15 12:00:00.000001 BC',
				'infinity', '{"a":1, "a":  "\\u0000"}', 'null', 'it''s:1A a', 7, '(1,"x, y")', '{"(2,\\"q\\")",NULL}', 'ab', B'01010', 'odd'),
				(2, 'c', now() - interval '3 days', NULL, '{}', '', 0, NULL, 1e308, 1.1, NULL, 'empty', NULL,
				'-infinity', '[]', '{"a": 1.10}', '', NULL, NULL, '{}', NULL, NULL, E'tab\\t"{}')
			""";

	@Test
	void everyTypeComesBackExactly() {
		this.jdbc.sql(THINGS).update();
		List<String> before = read("SELECT CAST(t AS text) FROM things t ORDER BY id");
		String run = run("things");
		assertThat(this.rows.count("things")).isZero();
		assertThat(
				this.api.post(Api.RUNS + "/" + run + "/restore?dryrun=true").problem(400).get("detail").stringValue())
			.endsWith("Valid options: dryRun, expectedRows. Nothing was restored.");
		JsonNode dry = this.api.post(Api.RUNS + "/" + run + "/restore?dryRun=true").ok();
		assertThat(dry.get("rowsDue").longValue()).isEqualTo(2);
		assertThat(dry.get("removedByTable")).hasToString("{\"things\":-2}");
		assertThat(this.rows.count("things")).isZero();
		JsonNode restored = restore(run).ok();
		assertThat(read("SELECT CAST(t AS text) FROM things t ORDER BY id")).isEqualTo(before);
		assertThat(restored.get("mode").stringValue()).isEqualTo("restore");
		assertThat(restored.get("restoreOf").stringValue()).isEqualTo(run);
		assertThat(restored.get("rowsRemoved").longValue()).isEqualTo(-2);
		assertThat(restored.get("rowsRestored").longValue()).isEqualTo(2);
		assertThat(restore(run).problem(409).get("detail").stringValue())
			.isEqualTo("All 2 rows that the run removed were restored already. There is nothing left to restore.");
		assertThat(this.api.get(Api.RUNS + "/" + run).ok().get("actions").valueStream().skip(1)).singleElement()
			.satisfies((action) -> {
				assertThat(action.get("action").stringValue() + " by " + action.get("actor").stringValue())
					.isEqualTo("restored by admin");
				assertThat(action.get("details").get("run")).isEqualTo(restored.get("id"));
				assertThat(action.get("details").get("rows").stringValue()).isEqualTo("2");
			});
		assertThat(read("SELECT amount || ' ' || description FROM credit_transactions ORDER BY created_at"))
			.containsExactly("2 Things: 2 rows removed", "-2 Things: 2 rows restored");
		assertThat(this.rows.count("retention_undo")).isZero();
	}

	/** A column that is new takes its default, one that is gone is left out. */
	@Test
	void columnsMayChangeMeanwhile() {
		this.jdbc.sql("INSERT INTO things (id, part, \"At\", num, old, mood) VALUES (1, 'x', 'epoch', 3, 'o', 'happy')")
			.update();
		String run = run("things");
		for (String sql : List.of("ALTER TABLE things DROP COLUMN old", "ALTER TYPE mood RENAME TO feeling",
				"ALTER TABLE things ADD COLUMN fresh text NOT NULL DEFAULT 'new', ALTER COLUMN num TYPE numeric(40, 10)")) {
			this.jdbc.sql("ALTER TABLE things DROP COLUMN IF EXISTS doubled").update();
			this.jdbc.sql(sql).update();
		}
		this.jdbc.sql("ALTER TABLE things ALTER COLUMN id TYPE numeric").update();
		restore(run).ok();
		assertThat(read("SELECT id || ' ' || mood || ' ' || num || ' ' || fresh FROM things"))
			.containsExactly("1 happy 3.0000000000 new");
		for (String sql : List.of("ALTER TABLE things DROP COLUMN fresh, ADD COLUMN old text",
				"ALTER TYPE feeling RENAME TO mood", "ALTER TABLE things ALTER COLUMN id TYPE bigint")) {
			this.jdbc.sql(sql).update();
		}
	}

	/** Said before a run is opened, also to who only counts. */
	@Test
	void whereNothingCanComeBackIsSaidBeforehand() {
		String nothing = run("things");
		this.jdbc.sql("INSERT INTO things (id, part, \"At\") VALUES (1, 'x', 'epoch'), (2, 'x', 'epoch')").update();
		String dry = this.api.post("/api/admin/rules/things/run?dryRun=true").ok().get("id").stringValue();
		String emptied = run("things");
		this.jdbc.sql("DELETE FROM retention_undo").update();
		long runs = this.rows.count("retention_run");
		Map.of(nothing, "The run removed no rows.", dry, "The run is a dry run.", emptied, "retention_undo was emptied")
			.forEach((run, why) -> {
				assertThat(restore(run).problem(409).get("detail").stringValue()).contains(why);
				this.api.post(Api.RUNS + "/" + run + "/restore?dryRun=true").problem(409);
			});
		assertThat(this.rows.count("retention_run")).isEqualTo(runs);
	}

	/**
	 * What came back was not removed, whichever day tells of it and whether the run is
	 * forgotten.
	 */
	@Test
	void whatIsRestoredIsTakenOffTheReport() {
		this.jdbc.sql("DELETE FROM retention_run_day").update();
		this.rows.generation().failed().recipe(16).failureReason("timeout").age(OLD).insert(13);
		this.rows.generation().failed().recipe(17).failureReason("outage").age(OLD).insert(12);
		String run = this.api.post(Api.RUN).ok().get("runId").stringValue();
		assertThat(this.report()).isEqualTo("5 [16 13 3, 17 12 2] [timeout 13 3, outage 12 2]");
		this.jdbc.sql("UPDATE retention_run SET started_at = started_at - interval '1 day'").update();
		this.rows.generation()
			.completed()
			.id(Long.parseLong(read("SELECT row_key[1] FROM retention_undo WHERE row_group = '16' LIMIT 1").get(0)))
			.insert();
		restore(run).ok();
		assertThat(this.report()).isEqualTo("1 [16 13 1, 17 12 0] [timeout 13 1, outage 12 0]");
		for (String table : List.of("retention_undo", "generations")) {
			this.jdbc.sql("DELETE FROM " + table).update();
		}
		this.jdbc.sql("""
				UPDATE retention_run SET finished_at = finished_at - interval '900 days', undo_until = now();
				INSERT INTO retention_run (id, task, mode, trigger, actor, status, dry_run, cutoff, started_at, owner)
				SELECT gen_random_uuid(), 'backlog-cleanup', 'regular', 'api', 'x', 'failed', false, t, t, 'x'
				FROM generate_series(1, 110) n CROSS JOIN LATERAL (SELECT now() + n * interval '1 second' AS t) s
				""").update();
		this.service.bean(RunEngine.class).forget();
		this.service.bean(RunEngine.class).forget();
		assertThat(read("SELECT mode FROM retention_run WHERE rows_removed <> 0")).isEmpty();
		assertThat(this.report()).isEqualTo("1 [] []");
	}

	/** Rows removed, the groups and the reasons. */
	private String report() {
		JsonNode report = this.api.get("/api/admin/rules/backlog-cleanup/report").ok();
		return report.get("days").valueStream().mapToLong((day) -> day.get("removed").longValue()).sum() + " "
				+ counts(report.get("groups"), "group") + " " + counts(report.get("reasons"), "reason");
	}

	private static List<String> counts(JsonNode found, String key) {
		return found.valueStream()
			.map((one) -> one.get(key).asString() + " " + one.get("failed") + " " + one.get("removed"))
			.toList();
	}

	@Test
	void anIdentityComesBackUnderItsNumber() {
		this.jdbc.sql("INSERT INTO numbered (name) VALUES ('a'), ('b')").update();
		List<String> before = read("SELECT id || name FROM numbered ORDER BY id");
		String run = run("numbered");
		this.jdbc
			.sql("UPDATE retention_run SET undo_until = now() + interval '1 day',"
					+ " undo_columns = '{\"numbered\": [\"id\", \"name\", \"gone\", \"at\"]}'")
			.update();
		before.forEach((row) -> this.jdbc
			.sql("""
					INSERT INTO retention_undo VALUES (CAST(:run AS uuid), 'numbered', ARRAY[:id], NULL, now(), '2999-01-01',
						ARRAY[:id, :name, 'x', '2020-01-01'])
					""")
			.param("run", run)
			.param("id", row.substring(0, row.length() - 1))
			.param("name", row.substring(row.length() - 1))
			.update());
		this.jdbc.sql("INSERT INTO numbered (name, at) VALUES ('b', now())").update();
		JsonNode restored = restore(run).ok();
		assertThat(restored.get("rowsRestored").longValue()).isEqualTo(1);
		assertThat(read("SELECT id || name FROM numbered ORDER BY id LIMIT 1")).containsExactly(before.get(0));
	}

	@Test
	void whatCannotBeRestoredIsSaid() {
		this.rows.generation().failed().recipe(16).age(OLD).insert(13);
		String run = this.api.post(Api.RUN).ok().get("runId").stringValue();
		this.api.as("viewer", "wrong").post(Api.RUNS + "/" + run + "/restore").problem(401);
		this.jdbc.sql("UPDATE retention_run SET undo_until = now() - interval '1 s'").update();
		assertThat(restore(run).problem(409).get("detail").stringValue()).contains("ended at");
		restore("11111111-1111-1111-1111-111111111111").problem(404);
		assertThat(this.rows.count("generations")).isEqualTo(10);
	}

}
