package com.delula.retention.pgcron;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import com.delula.retention.support.Api;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The function in the database beside the service: lock, transaction, rights. */
@Tag("core")
class FunctionTests {

	private static final String CALL = "SELECT backlog_cleanup_failed_generations()";

	private TestDatabase database;

	private Service service;

	@BeforeEach
	void start() {
		this.database = TestDatabase.create(Installation.EXISTING);
		this.database.jdbc()
			.sql("CREATE FUNCTION backlog_cleanup_failed_generations(hours int DEFAULT 24) RETURNS void"
					+ " LANGUAGE sql AS 'SELECT'")
			.update();
		this.service = Service.start(this.database, "--retention.backlog.keep-per-recipe=2",
				"--retention.backlog.max-age=5h");
		this.database.rows().generation().failed().age(Duration.ofHours(6)).insert(5);
	}

	@AfterEach
	void stop() {
		this.service.close();
		this.database.close();
	}

	@Test
	void itReplacesAnOlderOneAndGoesByTheServicesSettings() {
		assertThat(this.database.jdbc().sql(CALL).query(Long.class).single()).isEqualTo(3);
		assertThat(this.database.jdbc()
			.sql("SELECT has_function_privilege('public', 'backlog_cleanup_failed_generations()', 'EXECUTE')")
			.query(Boolean.class)
			.single()).isFalse();
	}

	@Test
	void theServiceIsToldThatItIsUnderWayAndADeadSessionLeavesNothing() throws SQLException {
		try (Connection session = DriverManager.getConnection(this.database.jdbcUrl(), this.database.username(),
				this.database.password()); Statement statement = session.createStatement()) {
			session.setAutoCommit(false);
			statement.execute("SET search_path = pg_catalog");
			statement.execute("SELECT public.backlog_cleanup_failed_generations()");
			assertThat(this.service.api().post(Api.RUN, "{}").status()).isEqualTo(409);
			int pid = this.database.jdbc()
				.sql("SELECT pid FROM pg_stat_activity WHERE state = 'idle in transaction' AND datname = current_database()")
				.query(Integer.class)
				.single();
			this.database.jdbc().sql("SELECT pg_terminate_backend(:pid, 10000)").param("pid", pid).query().singleRow();
		}
		assertThat(this.database.rows().generationIds()).hasSize(5);
		assertThat(this.database.rows().count("retention_run")).isZero();
		assertThat(this.database.rows().count("credit_transactions")).isZero();
		this.service.api().post(Api.RUN, "{}").ok();
		assertThat(this.database.rows().generationIds()).hasSize(2);
	}

	@Test
	void itRespectsALeaseAndClosesWhatADeadInstanceLeft() {
		this.database.jdbc().sql("""
				UPDATE retention_lock SET lock_until = timezone('utc', now()) + interval '1 hour', locked_by = 'other'
				WHERE name = 'backlog-cleanup'
				""").update();
		this.database.jdbc()
			.sql("""
					INSERT INTO retention_run (id, task, mode, trigger, actor, status, dry_run, cutoff, started_at, owner)
					VALUES (gen_random_uuid(), 'backlog-cleanup', 'regular', 'api', 'a', 'running', false, now(), now(), 'other')
					""")
			.update();
		assertThatThrownBy(() -> this.database.jdbc().sql(CALL).query(Long.class).single())
			.hasMessageContaining("already under way");
		this.database.jdbc().sql("UPDATE retention_lock SET lock_until = timezone('utc', now())").update();
		assertThat(this.database.jdbc().sql(CALL).query(Long.class).single()).isEqualTo(3);
		assertThat(this.database.jdbc()
			.sql("SELECT status FROM retention_run ORDER BY started_at")
			.query(String.class)
			.list()).isEqualTo(List.of("interrupted", "succeeded"));
		assertThat(this.database.jdbc()
			.sql("SELECT description FROM credit_transactions ORDER BY id")
			.query(String.class)
			.list())
			.isEqualTo(List.of(
					"backlog cleanup: 0 rows removed; run interrupted: The instance that carried it out died or lost its lock",
					"backlog cleanup: 3 rows removed"));
	}

}
