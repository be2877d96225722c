package com.delula.retention.installation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.delula.retention.docs.Documents;
import com.delula.retention.support.Api;
import com.delula.retention.support.OtherSession;
import com.delula.retention.support.Rows;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The service works with a role that may do little more than read and delete. */
@ExtendWith(OutputCaptureExtension.class)
@Tag("core")
class RestrictedRoleTests {

	private static final String COUNTS_WAIT = """
			CREATE FUNCTION counted() RETURNS boolean LANGUAGE plpgsql AS $$
			BEGIN
				IF current_query() LIKE '%count(*) AS candidates%' THEN
					PERFORM pg_advisory_xact_lock_shared(17);
				END IF;
				RETURN true;
			END $$
			""";

	private TestDatabase database;

	private String role;

	@BeforeEach
	void aRole() {
		this.database = TestDatabase.started();
		// Roles are the server's, not the database's.
		this.role = "worker_" + this.database.name();
		sql(documented(0).replace("'…'", "'worker'"));
	}

	/** The statements of a page, so that what it says is enough. */
	private static String documented(int block) {
		return Documents.sql(Path.of("docs", "existing-databases.md"))
			.get(block)
			.replace("TO retention;", "TO %s;")
			.replace("ROLE retention ", "ROLE %s ");
	}

	@AfterEach
	void end() {
		this.database.jdbc().sql("REASSIGN OWNED BY %s TO postgres".formatted(this.role)).update();
		sql("DROP OWNED BY %s");
		sql("DROP ROLE %s");
		this.database.close();
	}

	private void sql(String sql) {
		this.database.jdbc().sql(sql.replace("%s", this.role)).update();
	}

	/** The superuser has migrated, and hands the service's tables over. */
	private void handOver() {
		for (String table : this.database.jdbc()
			.sql("SELECT tablename FROM pg_tables WHERE tablename LIKE 'retention%'")
			.query(String.class)
			.list()) {
			sql("ALTER TABLE " + table + " OWNER TO %s");
		}
	}

	private Service start(String... settings) {
		return Service.start(this.database, asWorker(whoMigrates(), settings));
	}

	private Service startWithoutWeb(String... settings) {
		return Service.startWithoutWeb(this.database, asWorker(whoMigrates(), settings));
	}

	private List<String> whoMigrates() {
		return List.of("--spring.flyway.user=" + this.database.username(),
				"--spring.flyway.password=" + this.database.password());
	}

	private String[] asWorker(List<String> migration, String... settings) {
		List<String> all = new ArrayList<>(List.of("--spring.datasource.username=" + this.role,
				"--spring.datasource.password=worker", "--retention.run.duty-cycle=1"));
		all.addAll(migration);
		all.addAll(List.of(settings));
		return all.toArray(String[]::new);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void itDoesEverything(boolean owns) {
		if (owns) {
			handOver();
		}
		else {
			sql(documented(1));
		}
		try (Service service = start()) {
			Rows rows = this.database.rows();
			List<Long> ids = rows.generation().failed().recipe(16).age(Duration.ofDays(3)).insert(15);
			List<String> jobs = rows.job().completed().age(Duration.ofDays(3)).insertIds(9);
			sql("CREATE TABLE hidden (generation integer REFERENCES generations (id), job text REFERENCES jobs (id))");
			sql("INSERT INTO hidden VALUES (%d, '%s')".formatted(ids.get(2), jobs.get(4)));
			JsonNode cleaned = service.api().post(Api.RUN).ok();
			assertThat(cleaned.get("cleanedUpGenerations").longValue()).isEqualTo(4);
			assertThat(rows.generationIds()).hasSize(11).contains(ids.get(2));
			JsonNode purged = service.api().post(Api.PURGE).ok();
			assertThat(purged.get("jobsDeleted").longValue()).isEqualTo(8);
			assertThat(purged.get("jobsKeptReferenced").longValue()).isEqualTo(1);
			assertThat(rows.jobIds()).containsExactly(jobs.get(4));
			assertThat(service.api().post(Api.EMERGENCY).ok().get("removedCount").longValue()).isEqualTo(10);
			assertThat(rows.generationIds()).containsExactly(ids.get(2));
			assertKept(service, cleaned);
			service.api().get(Api.STATUS).ok();
			service.api().get(Api.PURGE_STATUS).ok();
			assertThat(service.api().get("/actuator/health").json().get("status").stringValue()).isEqualTo("UP");
			assertThat(rows.count("credit_transactions")).isEqualTo(3);
		}
	}

	/** A policy of the table's has those wait who count, and nobody else. */
	@Test
	void rowsGoWhileTheyAreStillCounted() {
		handOver();
		sql(COUNTS_WAIT);
		sql("ALTER TABLE generations ENABLE ROW LEVEL SECURITY");
		sql("CREATE POLICY counted ON generations TO %s USING (counted())");
		Rows rows = this.database.rows();
		rows.generation().failed().recipe(16).insert(40);
		try (Service service = start(); OtherSession holder = OtherSession.begin(this.database)) {
			holder.sql("SELECT pg_advisory_xact_lock(17)");
			String run = Api.RUNS + "/"
					+ service.api().with("Prefer", "respond-async").post(Api.EMERGENCY).json().get("id").stringValue();
			Awaitility.await().until(() -> rows.count("generations") == 0);
			JsonNode live = service.api().get(run).ok();
			assertThat(live.get("status").stringValue()).isEqualTo("running");
			assertThat(live.get("rowsDue").isNull()).isTrue();
			assertThat(live.get("progress").isNull()).isTrue();
			holder.commit();
			Awaitility.await()
				.until(() -> service.api().get(run).ok().get("status").stringValue(), "succeeded"::equals);
			JsonNode ended = service.api().get(run).ok();
			assertThat(ended.get("rowsDue").longValue()).isEqualTo(40);
			assertThat(ended.get("rowsRemoved").longValue()).isEqualTo(40);
			assertThat(ended.get("note").isNull()).isTrue();
		}
	}

	/** It may not lock rows, so it finds out one by one which of them others hold. */
	@Test
	@Tag("slow")
	void heldRowsAreLeftToTheNextRun() {
		handOver();
		try (Service service = start("--retention.run.batch.lock-timeout=200ms");
				OtherSession holder = OtherSession.begin(this.database)) {
			List<Long> ids = this.database.rows().generation().failed().recipe(16).insert(40);
			holder.sql("SELECT FROM generations WHERE id IN (" + ids.get(2) + ", " + ids.get(30) + ") FOR UPDATE");
			JsonNode answer = service.api().post(Api.EMERGENCY).ok();
			assertThat(answer.get("removedCount").longValue()).isEqualTo(38);
			JsonNode run = service.api().get(Api.RUNS + "/" + answer.get("runId").stringValue()).ok();
			assertThat(run.get("rowsLeftLocked").longValue()).isEqualTo(2);
			assertThat(this.database.rows().generationIds()).containsExactly(ids.get(2), ids.get(30));
		}
	}

	private static void assertKept(Service service, JsonNode answer) {
		JsonNode run = service.api().get(Api.RUNS + "/" + answer.get("runId").stringValue()).ok();
		assertThat(run.get("status").stringValue()).isEqualTo("succeeded");
		assertThat(run.get("rowsKeptReferenced").longValue()).isEqualTo(1);
	}

	@Test
	void theFunctionsInTheDatabaseNeverFailAStart(CapturedOutput output) {
		handOver();
		String mayNot = "stay as they are and may not follow the settings";
		try (Service service = startWithoutMigrating()) {
			assertThat(output.getAll()).doesNotContain(mayNot);
		}
		try (Service service = startWithoutMigrating("--retention.backlog.keep-per-recipe=3")) {
			assertThat(output.getAll().lines().filter((line) -> line.contains(mayNot))).singleElement()
				.asString()
				.contains("WARN", "SPRING_FLYWAY_USER");
		}
		try (Service service = startWithoutWeb("--retention.backlog.keep-per-recipe=3")) {
			this.database.rows().generation().failed().age(Duration.ofDays(3)).insert(5);
			assertThat(this.database.jdbc().sql("SELECT retention_run_backlog_cleanup()").query(Long.class).single())
				.isEqualTo(2);
		}
	}

	private Service startWithoutMigrating(String... settings) {
		return Service.startWithoutWeb(this.database, asWorker(List.of("--spring.flyway.enabled=false"), settings));
	}

	@ParameterizedTest
	@CsvSource({ "DELETE,generations", "SELECT,recipes", "INSERT,credit_transactions", "DELETE,upscale_jobs",
			"USAGE,SEQUENCE public.credit_transactions_id_seq" })
	void aMissingPrivilegeIsNamedInOneLine(String privilege, String table, CapturedOutput output) {
		sql("REVOKE " + privilege + " ON " + table + " FROM %s");
		handOver();
		int before = output.getAll().length();
		assertThatThrownBy(this::startWithoutWeb).isNotNull();
		String said = output.getAll().substring(before);
		assertThat(said).doesNotContain("\tat ");
		assertThat(said.lines().filter((line) -> line.contains("ERROR"))).singleElement()
			.asString()
			.contains("GRANT " + privilege + " ON " + table + " TO " + this.role);
	}

	@Test
	void aRoleThatMayNotMigrateIsToldSo(CapturedOutput output) {
		this.database.close();
		this.database = TestDatabase.create(Installation.EXISTING);
		// As it is from PostgreSQL 15 on
		sql("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
		sql(documented(0).replaceFirst("CREATE ROLE[^;]*;", ""));
		int before = output.getAll().length();
		assertThatThrownBy(() -> Service.start(this.database, asWorker(List.of()))).isNotNull();
		String said = output.getAll().substring(before);
		assertThat(said).doesNotContain("\tat ");
		assertThat(said.lines().filter((line) -> line.contains("ERROR"))).singleElement()
			.asString()
			.containsIgnoringCase("privilege");
	}

}
