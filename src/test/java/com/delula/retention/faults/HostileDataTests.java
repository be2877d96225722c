package com.delula.retention.faults;

import java.util.Map;

import com.delula.retention.jobs.JobPurge;
import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.Trigger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Data as nobody would expect it, with batches of the ordinary size at full speed. */
@Tag("slow")
class HostileDataTests extends OnOwnDatabase {

	private static final String[] LARGE = { "retention.run.batch.max-rows=25000", "retention.run.batch.min-rows=100" };

	private static final String FILL = """
			INSERT INTO generations (user_id, recipe_id, prompt, status, failure_reason, created_at, updated_at)
			SELECT 'system_backlog', %s, 'p', 'failed', 'timeout', t, t
			FROM (SELECT n, now() AT TIME ZONE 'UTC' - interval '30 hours' - %s AS t FROM generate_series(1, %d) n) x
			""";

	private void fill(String recipe, String earlier, int rows) {
		this.jdbc.sql(FILL.formatted(recipe, earlier, rows)).update();
		this.jdbc.sql("ANALYZE generations").update();
	}

	private static Run cleaned(Service service, Mode mode) {
		Run run = service.run(mode).run();
		assertThat(run.status()).as(String.valueOf(run.error())).isEqualTo(RunStatus.SUCCEEDED);
		return run;
	}

	private long rows() {
		return this.database.rows().count("generations");
	}

	private void assertLedger(long rows) {
		assertThat(this.jdbc.sql("SELECT sum(amount) FROM credit_transactions").query(Long.class).single())
			.isEqualTo(rows);
	}

	@Test
	void recipesByTheHundredThousand() {
		fill("n % 200000", "n * interval '50 milliseconds'", 600_000);
		try (Service service = Service.start(this.database, with("retention.backlog.keep-per-recipe=2"))) {
			Run run = cleaned(service, Mode.REGULAR);
			assertThat(run.rowsRemoved()).isEqualTo(200_000);
			assertThat(this.jdbc.sql("""
					SELECT count(*) FROM (SELECT recipe_id FROM generations GROUP BY 1 HAVING count(*) = 2) x
					""").query(Long.class).single()).isEqualTo(200_000);
			assertThat(cleaned(service, Mode.EMERGENCY).rowsRemoved()).isEqualTo(400_000);
		}
		assertLedger(600_000);
	}

	@Test
	void oneRecipeWithAMillionFailures() {
		fill("16", "n * interval '100 milliseconds'", 1_000_000);
		try (Service service = Service.start(this.database, LARGE)) {
			assertThat(cleaned(service, Mode.REGULAR).rowsRemoved()).isEqualTo(999_990);
		}
		assertThat(rows()).isEqualTo(10);
		assertLedger(999_990);
	}

	/** The walk goes by time and then key, and only the key tells these apart. */
	@ParameterizedTest
	@ValueSource(strings = { "interval '0'", "n * interval '1 microsecond'" })
	void allFailuresInOneSecond(String earlier) {
		fill("1 + n % 5", earlier, 300_000);
		try (Service service = Service.start(this.database, LARGE)) {
			assertThat(cleaned(service, Mode.REGULAR).rowsRemoved()).isEqualTo(299_950);
		}
		assertThat(rows()).isEqualTo(50);
		assertLedger(299_950);
	}

	/** Each row was updated nine times, and nothing has tidied up. */
	@Test
	void tablesBloatedToTenTimesTheirRows() {
		this.jdbc.sql("ALTER TABLE generations SET (autovacuum_enabled = false)").update();
		fill("1 + n % 50", "n * interval '1 second'", 60_000);
		for (int i = 0; i < 9; i++) {
			this.jdbc.sql("UPDATE generations SET updated_at = updated_at - interval '1 second'").update();
		}
		try (Service service = Service.start(this.database, LARGE)) {
			assertThat(cleaned(service, Mode.REGULAR).rowsRemoved()).isEqualTo(59_500);
			assertThat(cleaned(service, Mode.EMERGENCY).rowsRemoved()).isEqualTo(500);
		}
		assertLedger(60_000);
	}

	/**
	 * Keys at both ends of their type, all at one moment; times of a clock that jumped
	 * far.
	 */
	@Test
	void idsNearTheirTypesEndAndTimesFarAway() {
		this.jdbc.sql("ALTER TABLE generations ALTER COLUMN id TYPE bigint").update();
		this.jdbc.sql("""
				INSERT INTO generations (id, user_id, recipe_id, prompt, status, created_at, updated_at)
				SELECT id, 'system_backlog', 16, 'p', 'failed', t, t
				FROM unnest(CAST(ARRAY[9223372036854775807, 9223372036854775806, 2147483647, 2147483648, -1, 0, 1,
						-2147483648, -9223372036854775807, '-9223372036854775808'] AS bigint[])) AS i (id),
					(SELECT now() AT TIME ZONE 'UTC' - interval '30 hours' AS t) x
				UNION ALL
				SELECT id, 'system_backlog', 17, 'p', 'failed', t, t
				FROM (VALUES (5001, timestamp '-infinity'), (5002, '4713-01-01 BC'), (5003, '1970-01-01'),
					(5004, '2038-01-19 03:14:08'), (5005, '294276-12-31 23:59:59.999999'), (5006, 'infinity')) v (id, t)
				""").update();
		try (Service service = Service.start(this.database, "retention.backlog.keep-per-recipe=3")) {
			// Of recipe 17 the three of the future are the newest.
			assertThat(cleaned(service, Mode.REGULAR).rowsRemoved()).isEqualTo(7 + 3);
			assertThat(this.database.rows().generationIds()).containsExactly(5004L, 5005L, 5006L, 2147483648L,
					9223372036854775806L, 9223372036854775807L);
			assertThat(cleaned(service, Mode.EMERGENCY).rowsRemoved()).isEqualTo(6);
		}
		assertLedger(16);
	}

	/** As keys, which the walk, the undo window and a restore write down as texts. */
	@Test
	void textWithEveryCharacter() {
		this.jdbc
			.sql("""
					INSERT INTO jobs (id, discord_user_id, discord_guild_id, discord_channel_id, status, model, positive_prompt,
						created_at)
					SELECT chr(n) || 'x', 'u', 'g', 'c', 'failed', 'm', chr(n) || E'\\\\ "' || chr(n), now() - interval '3 days'
					FROM generate_series(1, 66000) n WHERE n NOT BETWEEN 55296 AND 57343
					""")
			.update();
		String before = everyJob();
		long all = this.database.rows().count("jobs");
		try (Service service = Service.start(this.database, with("retention.purge.undo=7d"))) {
			Run purge = service.engine()
				.start(JobPurge.request(Trigger.API, "test", false, null))
				.outcome()
				.join()
				.run();
			assertThat(purge.rowsRemoved()).isEqualTo(all);
			assertThat(this.database.rows().count("jobs")).isZero();
			Run restore = service.engine()
				.start(new RunRequest(JobPurge.NAME, Mode.RESTORE, Trigger.API, "test", false,
						Map.of(Run.RESTORE_OF, purge.id().toString())))
				.outcome()
				.join()
				.run();
			assertThat(restore.rowsRestored()).as(String.valueOf(restore.error())).isEqualTo(all);
		}
		assertThat(everyJob()).isEqualTo(before);
	}

	private String everyJob() {
		return this.jdbc.sql("SELECT md5(string_agg(CAST(j AS text), ' ' ORDER BY id COLLATE \"C\")) FROM jobs j")
			.query(String.class)
			.single();
	}

	private static String[] with(String setting) {
		return new String[] { LARGE[0], LARGE[1], setting };
	}

}
