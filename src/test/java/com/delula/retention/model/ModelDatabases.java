package com.delula.retention.model;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.delula.retention.answer.RowAnswers;
import com.delula.retention.rule.Rules;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The services for random databases: one of each kind, with few rows kept per recipe and
 * tiny batches, so that small databases are enough to see many. They end with the JVM.
 */
final class ModelDatabases {

	static final int KEPT = 3;

	private static final JsonMapper JSON = new JsonMapper();

	private static final Map<Installation, Service> SERVICES = new EnumMap<>(Installation.class);

	private ModelDatabases() {
	}

	static Service service(Installation installation) {
		return SERVICES.computeIfAbsent(installation,
				(kind) -> Service.start(TestDatabase.create(kind), "--retention.backlog.keep-per-recipe=" + KEPT,
						"--retention.run.workers=3", "--retention.run.duty-cycle=1", "--retention.run.batch.min-rows=1",
						"--retention.run.batch.max-rows=3"));
	}

	/**
	 * Inserts rows given by their columns. PostgreSQL reads each value as the type that
	 * its column has here.
	 */
	static void insert(Service service, String table, List<? extends Map<String, ?>> rows) {
		if (rows.isEmpty()) {
			return;
		}
		String columns = String.join(", ", rows.get(0).keySet());
		service.jdbc().sql("""
				INSERT INTO %1$s (%2$s)
				SELECT %2$s FROM jsonb_populate_recordset(CAST(NULL AS %1$s), CAST(:rows AS jsonb))
				""".formatted(table, columns)).param("rows", JSON.writeValueAsString(rows)).update();
	}

	/** A recipe of which nothing is known would be refused. */
	static void recipes(Service service) {
		if (service.database().rows().count("recipes") == 0) {
			for (int id = 1; id <= 9; id++) {
				service.database().rows().recipe().id(id).insert();
			}
		}
	}

	static void truncate(Service service) {
		// No TRUNCATE, which would get into a deadlock with counts in the background.
		for (String table : List.of("upscale_jobs", "jobs", "generations", "credit_transactions", "retention_run")) {
			service.jdbc().sql("DELETE FROM " + table).update();
		}
	}

	/** What is told of a row. */
	static String verdict(Service service, String rule, String table, String key) {
		return service.bean(RowAnswers.class)
			.explain(service.bean(Rules.class).get(rule), table, key, "model")
			.verdict();
	}

	/** What history and ledger say, but for what differs by its nature. */
	static List<Map<String, Object>> books(JdbcClient jdbc) {
		return jdbc
			.sql("""
					SELECT r.task, r.mode, r.status, r.dry_run, r.rows_due, r.rows_removed, r.rows_kept_referenced, r.rows_left_locked, r.note, r.removed_by_table,
						t.user_id, t.amount, t.type, t.description,
						t.metadata - ARRAY['runId', 'trigger', 'actor', 'cutoff', 'startedAt', 'finishedAt', 'actions'] AS metadata,
						(SELECT string_agg(key, ',' ORDER BY key) FROM jsonb_object_keys(t.metadata) AS key) AS keys
					FROM retention_run r
					FULL JOIN credit_transactions t ON t.metadata ->> 'runId' = CAST(r.id AS text)
					""")
			.query((row, index) -> {
				Map<String, Object> columns = new TreeMap<>();
				for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
					columns.put(row.getMetaData().getColumnLabel(i), String.valueOf(row.getString(i)));
				}
				return columns;
			})
			.list();
	}

	/**
	 * Each run that ended is in the ledger, and all of them together are what is gone.
	 */
	static void assertBooked(JdbcClient jdbc, long gone) {
		assertThat(jdbc.sql("SELECT coalesce(sum(amount), 0) FROM credit_transactions").query(Long.class).single())
			.isEqualTo(gone);
		assertThat(jdbc.sql("""
				SELECT count(*) FROM retention_run r WHERE r.status = 'running' OR r.rows_removed IS DISTINCT FROM
					(SELECT sum(amount) FROM credit_transactions t WHERE t.metadata ->> 'runId' = CAST(r.id AS text))
				""").query(Long.class).single()).isZero();
	}

}
