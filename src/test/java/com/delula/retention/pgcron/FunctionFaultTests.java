package com.delula.retention.pgcron;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import com.delula.retention.docs.Documents;
import com.delula.retention.support.OtherSession;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** The functions in the database on installations that make it hard for them. */
@Tag("core")
class FunctionFaultTests {

	private static final String CLEANUP = "SELECT backlog_cleanup_failed_generations()";

	private static final String PURGE = "SELECT retention_run_job_purge()";

	private TestDatabase database;

	private Service service;

	private String role;

	private final ExecutorService threads = Executors.newFixedThreadPool(3);

	@BeforeEach
	void start() {
		this.database = TestDatabase.started();
		this.role = "caller_" + this.database.name();
		this.service = Service.startWithoutWeb(this.database, "--retention.backlog.keep-per-recipe=2");
	}

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
		this.service.close();
		if (!sqlList("SELECT rolname FROM pg_roles WHERE rolname = '" + this.role + "'").isEmpty()) {
			sql("DROP OWNED BY " + this.role);
			sql("DROP ROLE " + this.role);
		}
		this.database.close();
	}

	private void sql(String sql) {
		this.database.jdbc().sql(sql).update();
	}

	private List<String> sqlList(String sql) {
		return this.database.jdbc().sql(sql).query(String.class).list();
	}

	private long call(String call) {
		return this.database.jdbc().sql(call).query(Long.class).single();
	}

	private Map<String, Object> run() {
		return this.database.jdbc().sql("""
				SELECT status, rows_due, rows_removed, rows_kept_referenced, rows_left_locked, note
				FROM retention_run ORDER BY started_at DESC LIMIT 1
				""").query().singleRow();
	}

	/** Whose references cannot be looked for beforehand. */
	private JdbcClient caller() {
		// What the documentation says is enough.
		sql(Documents.sql(Path.of("docs", "existing-databases.md"))
			.get(0)
			.replace("ROLE retention ", "ROLE " + this.role + " ")
			.replace("TO retention;", "TO " + this.role + ";")
			.replace("'…'", "'caller'"));
		sql(Documents.sql(Path.of("docs", "pg-cron.md")).get(1).replace("TO caller;", "TO " + this.role + ";"));
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl(this.database.jdbcUrl());
		dataSource.setUser(this.role);
		dataSource.setPassword("caller");
		return JdbcClient.create(dataSource);
	}

	@Test
	void aReferenceThatCannotBeReadCostsNoSubtransactionPerRow() {
		List<Long> ids = this.database.rows().generation().failed().age(Duration.ofDays(3)).insert(2002);
		JdbcClient caller = caller();
		sql("CREATE TABLE hidden (generation integer PRIMARY KEY REFERENCES generations (id))");
		sql("INSERT INTO hidden VALUES (" + ids.get(700) + "), (" + ids.get(701) + "), (" + ids.get(1500) + ")");
		// A subtransaction that changes something takes a transaction id.
		long before = nextTransaction();
		assertThat(caller.sql(CLEANUP).query(Long.class).single()).isEqualTo(1997);
		assertThat(nextTransaction() - before).isLessThan(120);
		assertThat(this.database.rows().generationIds()).hasSize(5).contains(ids.get(700), ids.get(701), ids.get(1500));
		assertThat(run()).containsEntry("rows_removed", 1997L)
			.containsEntry("rows_kept_referenced", 3L)
			.containsEntry("note", "3 rows kept (still referenced)");
	}

	private long nextTransaction() {
		return call("SELECT CAST(CAST(pg_current_xact_id() AS text) AS bigint)");
	}

	@Test
	void aLongErrorOfAnOpenRunFitsIntoTheLedger() {
		sql("ALTER TABLE credit_transactions ALTER COLUMN description TYPE varchar(40)");
		this.database.rows().generation().failed().age(Duration.ofDays(3)).insert(3);
		sql("""
				INSERT INTO retention_run (id, task, mode, trigger, actor, status, dry_run, cutoff, started_at, owner)
				VALUES (gen_random_uuid(), 'backlog-cleanup', 'regular', 'api', 'a', 'running', false, now(), now(), 'x')
				""");
		sql("INSERT INTO retention_batch SELECT id, 1, 0, 0, NULL, NULL, 1 FROM retention_run");
		assertThat(call(CLEANUP)).isEqualTo(1);
		assertThat(this.database.rows().count("retention_batch")).isZero();
		assertThat(sqlList("SELECT description FROM credit_transactions ORDER BY id"))
			.containsExactly("backlog cleanup: 0 rows removed; run int", "backlog cleanup: 1 row removed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ALTER TABLE generations ALTER COLUMN id TYPE bigint, ALTER COLUMN recipe_id TYPE bigint",
			"ALTER TABLE generations ALTER COLUMN updated_at TYPE timestamptz USING updated_at AT TIME ZONE 'UTC',"
					+ " ALTER COLUMN created_at TYPE timestamptz USING created_at AT TIME ZONE 'UTC'",
			"ALTER TABLE generations ALTER COLUMN created_at TYPE timestamptz USING created_at AT TIME ZONE 'UTC'" })
	void aColumnMayChangeItsTypeWhileTheServiceIsUp(String change) {
		sql("DROP INDEX IF EXISTS retention_generations_time_idx, retention_generations_rank_idx");
		sql(change);
		boolean wide = change.contains("bigint");
		long recipe = wide ? 3_000_000_000L : 16;
		for (int i = 0; i < 5; i++) {
			this.database.rows()
				.generation()
				.id((wide ? 5_000_000_000L : 5_000_000L) + i)
				.failed()
				.recipe(recipe)
				.age(Duration.ofHours(30 + i))
				.insert();
		}
		this.database.rows().generation().failed().recipe(recipe).age(Duration.ofHours(25)).insert();
		this.database.rows().generation().failed().recipe(recipe).age(Duration.ofHours(23)).insert();
		assertThat(call(CLEANUP)).isEqualTo(5);
		assertThat(run()).containsEntry("rows_due", 5L).containsEntry("note", null);
	}

	@Test
	void aRowThatAnotherSessionHoldsIsLeftAndCounted() {
		waitForRowsFor("300ms");
		List<Long> ids = this.database.rows().generation().failed().age(Duration.ofDays(3)).insert(40);
		try (OtherSession other = OtherSession.begin(this.database)) {
			other.sql("SELECT FROM generations WHERE id = " + ids.get(17) + " FOR UPDATE");
			assertThat(call(CLEANUP)).isEqualTo(37);
		}
		assertThat(this.database.rows().generationIds()).hasSize(3).contains(ids.get(17));
		assertThat(run()).containsEntry("rows_left_locked", 1L)
			.containsEntry("status", "succeeded")
			.containsEntry("note", "1 row left to the next run (held by another session for longer than 10 s)");
	}

	/** The function itself, but for how long it waits. */
	private void waitForRowsFor(String patience) {
		String function = sqlList(
				"SELECT pg_get_functiondef(CAST('backlog_cleanup_failed_generations()' AS regprocedure))")
			.get(0);
		assertThat(function).contains("'10s'");
		sql(function.replace("'10s'", "'" + patience + "'"));
	}

	@Test
	void thePurgeInsideTheDatabaseKeepsWhatIsReferredTo() {
		String held = this.database.rows().job().completed().age(Duration.ofDays(3)).insert();
		String free = this.database.rows().job().failed().age(Duration.ofDays(3)).insert();
		this.database.rows().upscaleJob(held).queued().age(Duration.ofDays(3)).insert();
		this.database.rows().upscaleJob(free).completed().age(Duration.ofDays(3)).insert();
		String young = this.database.rows().job().completed().age(Duration.ofHours(47)).insert();
		String other = this.database.rows().job().status("cancelled").age(Duration.ofDays(99)).insert();
		assertThat(call(PURGE)).isEqualTo(2);
		assertThat(this.database.rows().jobIds()).containsExactlyInAnyOrder(held, young, other);
		assertThat(this.database.rows().upscaleJobIds()).hasSize(1);
		assertThat(run()).containsEntry("rows_kept_referenced", 1L).containsEntry("rows_due", 2L);
		assertThat(sqlList("SELECT type || ' ' || amount || ' ' || description FROM credit_transactions"))
			.containsExactly("job_purge 2 job purge: 2 rows removed (1 jobs, 1 upscale_jobs);"
					+ " 1 row kept (still referenced)");
	}

	@Test
	void theFunctionsFollowWhoeverStartedLastAndAreNotReplacedNeedlessly() {
		this.database.rows().generation().failed().age(Duration.ofDays(3)).insert(9);
		String versions = "SELECT CAST(xmin AS text) FROM pg_proc WHERE prosrc LIKE '%Written by the retention service%'"
				+ " ORDER BY oid";
		List<String> first = sqlList(versions);
		assertThat(first).hasSize(3);
		Service.startWithoutWeb(this.database, "--retention.backlog.keep-per-recipe=2").close();
		assertThat(sqlList(versions)).isEqualTo(first);
		Service.startWithoutWeb(this.database, "--retention.backlog.keep-per-recipe=7").close();
		assertThat(sqlList(versions)).isNotEqualTo(first);
		assertThat(call(CLEANUP)).isEqualTo(2);
		assertThat(call("SELECT retention_run_backlog_cleanup()")).isZero();
	}

	@Test
	void instancesThatStartTogetherWriteTheFunctionsOnce() {
		sql("DROP FUNCTION retention_run_job_purge(), retention_run_backlog_cleanup()");
		List<CompletableFuture<Void>> starts = Stream.of(1, 2, 3)
			.map((i) -> CompletableFuture.runAsync(
					() -> Service.startWithoutWeb(this.database, "--retention.backlog.keep-per-recipe=2").close(),
					this.threads))
			.toList();
		starts.forEach(CompletableFuture::join);
		assertThat(sqlList("SELECT proname FROM pg_proc WHERE proname LIKE 'retention_run%' ORDER BY 1"))
			.containsExactly("retention_run_backlog_cleanup", "retention_run_job_purge");
	}

	@Test
	void aJobWhoseUpscaleJobsWouldGoWithItStays() {
		sql("ALTER TABLE upscale_jobs DROP CONSTRAINT IF EXISTS upscale_jobs_source_job_id_fkey,"
				+ " ADD CONSTRAINT following FOREIGN KEY (source_job_id) REFERENCES jobs (id) ON DELETE CASCADE");
		String held = this.database.rows().job().completed().age(Duration.ofDays(3)).insert();
		this.database.rows().upscaleJob(held).queued().age(Duration.ofDays(3)).insert();
		this.database.rows().job().completed().age(Duration.ofDays(3)).insert();
		assertThat(call(PURGE)).isEqualTo(1);
		assertThat(this.database.rows().jobIds()).containsExactly(held);
		assertThat(this.database.rows().upscaleJobIds()).hasSize(1);
	}

	@Test
	void atAgeZeroAllFinishedJobsGoThoseWithoutATimeToo() {
		sql("ALTER TABLE jobs ALTER COLUMN created_at DROP NOT NULL");
		Service.startWithoutWeb(this.database, "--retention.backlog.keep-per-recipe=2", "--retention.purge.max-age=0")
			.close();
		this.database.rows().job().completed().createdAt(null).insert();
		this.database.rows().job().failed().insert();
		String queued = this.database.rows().job().queued().createdAt(null).insert();
		assertThat(call(PURGE)).isEqualTo(2);
		assertThat(this.database.rows().jobIds()).containsExactly(queued);
	}

}
