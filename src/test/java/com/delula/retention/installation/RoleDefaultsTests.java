package com.delula.retention.installation;

import java.time.Duration;
import java.util.Map;

import com.delula.retention.backlog.BacklogCleanup;
import com.delula.retention.jobs.JobPurge;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.Trigger;
import com.delula.retention.run.engine.RunEngine;
import com.delula.retention.support.Api;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a role's sessions default to does not matter to the service. */
class RoleDefaultsTests {

	private TestDatabase database;

	private String role;

	@BeforeEach
	void aRole() {
		this.database = TestDatabase.create(Installation.EXISTING);
		this.role = "defaults_" + this.database.name();
		sql("CREATE ROLE %s LOGIN SUPERUSER PASSWORD 'defaults'");
	}

	@AfterEach
	void end() {
		sql("REASSIGN OWNED BY %s TO postgres");
		sql("DROP ROLE %s");
		this.database.close();
	}

	private void sql(String sql) {
		this.database.jdbc().sql(sql.formatted(this.role)).update();
	}

	private String[] asRole() {
		return new String[] { "--spring.datasource.username=" + this.role, "--spring.datasource.password=defaults",
				"--retention.run.duty-cycle=1" };
	}

	@Test
	void aStatementTimeoutHoldsForNoneOfItsStatements() {
		sql("ALTER ROLE %s SET statement_timeout = '50ms'");
		this.database.jdbc().sql("""
				INSERT INTO generations (user_id, recipe_id, prompt, status, created_at, updated_at)
				SELECT 'system_backlog', n %% 50, 'p', 'failed', now() - interval '3 days', now() - interval '3 days'
				FROM generate_series(1, 200000) n
				""".replace("%%", "%")).update();
		try (Service service = Service.start(this.database, asRole())) {
			assertThat(service.api().get(Api.STATUS).ok().get("failedGenerations").longValue()).isEqualTo(200_000);
			service.api().get(Api.PURGE_STATUS).ok();
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.until(() -> this.database.jdbc()
					.sql("SELECT indisvalid FROM pg_index"
							+ " WHERE indexrelid = to_regclass('retention_generations_time_idx')")
					.query(Boolean.class)
					.optional()
					.orElse(false));
			assertThat(service.api().post(Api.RUN).ok().get("cleanedUpGenerations").longValue()).isEqualTo(199_500);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "default_transaction_read_only = on", "default_transaction_isolation = 'serializable'",
			"default_transaction_isolation = 'repeatable read'", "TimeZone = 'Asia/Tokyo'" })
	void itStartsAndRuns(String setting) {
		sql("ALTER ROLE %s SET " + setting);
		try (Service service = Service.startWithoutWeb(this.database, asRole())) {
			this.database.rows().generation().failed().recipe(16).age(Duration.ofDays(3)).insert(12);
			this.database.rows().job().completed().age(Duration.ofDays(3)).insertIds(3);
			assertThat(removed(service, BacklogCleanup.NAME)).isEqualTo(2);
			assertThat(removed(service, JobPurge.NAME)).isEqualTo(3);
			assertThat(this.database.rows().count("credit_transactions")).isEqualTo(2);
		}
	}

	private static long removed(Service service, String rule) {
		return service.bean(RunEngine.class)
			.start(new RunRequest(rule, Mode.REGULAR, Trigger.API, "test", false, Map.of()))
			.outcome()
			.join()
			.run()
			.rowsRemoved();
	}

	@Test
	void aDatabaseThatTurnsReadOnlyIsCalledSo() {
		Service service = Service.shared(Installation.EXISTING);
		service.jdbc().sql("""
				CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
				AS $$ BEGIN RAISE read_only_sql_transaction; END $$;
				CREATE TRIGGER refuse BEFORE INSERT ON retention_run FOR EACH ROW EXECUTE FUNCTION refuse();
				""").update();
		try {
			assertThat(service.api().post(Api.RUN).problem(503).get("detail").stringValue())
				.startsWith("The database is read-only");
		}
		finally {
			service.jdbc().sql("DROP FUNCTION refuse CASCADE").update();
		}
	}

}
