package com.delula.retention.installation;

import java.io.IOException;
import java.util.Locale;

import com.delula.retention.support.Api;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Citus's coordinator takes together in runs over many rows, and how fast they are.
 */
@Tag("slow")
@EnabledIf(value = CitusServer.IS_INSTALLED, disabledReason = CitusServer.MISSING)
class CitusPaceTests {

	/**
	 * The most rows that a shard may give the coordinator for a statement: what a cut
	 * looks ahead over, 20 batches of 100 rows, and one row.
	 */
	private static final long GIVEN = 2_001;

	private static final String MOST_GIVEN = """
			SELECT coalesce(max(s.rows / s.calls), 0) FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
			WHERE d.datname = current_database() AND s.query ~ '(jobs|generations)_[0-9]{6}'
			""";

	/** Also tells, for docs/proof.md, how fast it was beside plain tables. */
	@Test
	void noStatementTakesTheRowsTogether() throws IOException {
		try (CitusServer server = CitusServer.start();
				TestDatabase database = server.database();
				Service service = Service.start(database, CitusServer.SETTINGS);
				TestDatabase plain = server.plainDatabase();
				Service beside = Service.start(plain, CitusServer.SETTINGS)) {
			database.jdbc().sql("CREATE EXTENSION pg_stat_statements").update();
			database.jdbc().sql("SELECT pg_stat_statements_reset()").query().listOfRows();
			double spread = purgeAndClean(service);
			long given = database.jdbc().sql(MOST_GIVEN).query(Long.class).single();
			assertThat(given).isBetween(1L, GIVEN);
			LoggerFactory.getLogger(CitusPaceTests.class)
				.warn(String.format(Locale.ROOT,
						"Rows a second: %.0f on four shards, %.0f on plain tables; most rows that a shard"
								+ " gave for a statement: %d",
						spread, purgeAndClean(beside), given));
		}
	}

	private static void insertMany(JdbcClient jdbc) {
		jdbc.sql("""
				INSERT INTO generations (user_id, recipe_id, status, created_at, updated_at)
				SELECT 'system_backlog', 1 + n % 50, 'failed', t, t
				FROM (SELECT n, now() AT TIME ZONE 'UTC' - interval '30 hours' - n * interval '1 second' AS t
					FROM generate_series(1, 40000) n) x
				""").update();
		jdbc.sql("""
				INSERT INTO jobs SELECT 'job' || n, 'completed', now() - interval '3 days' - n * interval '1 second'
				FROM generate_series(1, 40000) n
				""").update();
		jdbc.sql(
				"""
						INSERT INTO upscale_jobs SELECT 'up' || n, 'job' || n, CASE WHEN n % 100 = 0 THEN 'queued' ELSE 'failed' END,
							now() - interval '3 days' - n * interval '1 second'
						FROM generate_series(1, 40000, 2) n
						""")
			.update();
	}

	private static double purgeAndClean(Service with) {
		insertMany(with.jdbc());
		long before = System.nanoTime();
		assertThat(with.api().post(Api.RUN).ok().get("cleanedUpGenerations").longValue()).isEqualTo(39_500);
		JsonNode purge = with.api().post(Api.PURGE).ok();
		double seconds = (System.nanoTime() - before) / 1e9;
		assertThat(purge.get("jobsDeleted").longValue()).isEqualTo(40_000);
		assertThat(with.database().rows().count("jobs")).isZero();
		return 99_500 / seconds;
	}

}
