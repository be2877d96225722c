package com.delula.retention.configured;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.delula.retention.run.Run;
import com.delula.retention.run.RunStatus;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Exactly the newest of each group stay, whatever the type of the column that forms
 * groups. Many rows have the same time, and batches are so small that they end amid them;
 * one group has too few rows, one is without a value.
 */
@Tag("core")
class NewestTests {

	/** The types, and what makes one of a number. */
	private static final Map<String, String> TYPES = Map.of("smallint", "n", "integer", "n - 2147483649", "bigint",
			"9223372036854775807 - n", "uuid", "lpad(CAST(n AS text), 32, '0')", "text", "repeat('=', n)", "numeric",
			"n / 3.0", "date", "CAST('2026-01-01' AS date) + n", "boolean", "n = 1");

	private final TestDatabase database = TestDatabase.started();

	@AfterEach
	void close() {
		this.database.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "0.9" })
	void newestOfEachGroupStay(String dutyCycle) {
		List<String> settings = new ArrayList<>(List.of("--retention.run.batch.min-rows=5",
				"--retention.run.batch.max-rows=7", "--retention.run.duty-cycle=" + dutyCycle));
		TYPES.forEach((type, value) -> {
			create(type, value);
			String rule = "--retention.rules." + type + ".";
			settings.addAll(List.of(rule + "tables[0].table=" + table(type), rule + "tables[0].time=at",
					rule + "max-age=1d", rule + "keep-newest=3", rule + "per=owner"));
		});
		try (Service service = Service.startWithoutWeb(this.database, settings.toArray(String[]::new))) {
			TYPES.keySet().forEach((type) -> assertNewestStay(service, type, table(type)));
		}
	}

	private static String table(String type) {
		return "by_" + type;
	}

	private void create(String type, String value) {
		sql("CREATE TABLE %s (id integer PRIMARY KEY, owner %s, at timestamptz NOT NULL)".formatted(table(type), type));
		sql("""
				INSERT INTO %s
				SELECT i, CAST(%s AS %s), now() - interval '3 days' + i / 9 * interval '1 hour'
				FROM (SELECT i, CASE WHEN i IN (5, 50) THEN 4 ELSE nullif(i %% 4, 0) END AS n
					FROM generate_series(1, 120) i) s
				""".formatted(table(type), value, type));
	}

	private void assertNewestStay(Service service, String rule, String table) {
		List<Integer> expected = ids("""
				SELECT id FROM (SELECT *, row_number() OVER (PARTITION BY owner ORDER BY at DESC, id DESC) AS place
					FROM %s) r
				WHERE place <= 3 ORDER BY id
				""".formatted(table));
		Run run = service.run(rule);
		assertThat(run.status()).as(String.valueOf(run.error())).isEqualTo(RunStatus.SUCCEEDED);
		assertThat(ids("SELECT id FROM " + table + " ORDER BY id")).as(table).isEqualTo(expected);
		assertThat(run.rowsRemoved()).isEqualTo(120 - expected.size());
	}

	private List<Integer> ids(String query) {
		return this.database.jdbc().sql(query).query(Integer.class).list();
	}

	private void sql(String sql) {
		this.database.jdbc().sql(sql).update();
	}

}
