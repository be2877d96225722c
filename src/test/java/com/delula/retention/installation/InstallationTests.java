package com.delula.retention.installation;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.delula.retention.support.Api;
import com.delula.retention.support.Rows;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The first start adds what is missing and changes nothing else; the second nothing. */
@ExtendWith(OutputCaptureExtension.class)
@Tag("core")
class InstallationTests {

	private static final List<String> PLATFORM = List.of("users", "recipes", "generations", "credit_transactions",
			"jobs", "upscale_jobs");

	private static final String COLUMNS = """
			SELECT table_name, column_name, ordinal_position, column_default, is_nullable, data_type
			FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE 'retention%'
			ORDER BY table_name, ordinal_position
			""";

	private static final String CONSTRAINTS = """
			SELECT conname, CAST(conrelid AS regclass) AS name, pg_get_constraintdef(oid) AS definition
			FROM pg_constraint WHERE connamespace = CAST('public' AS regnamespace)
				AND CAST(CAST(conrelid AS regclass) AS text) NOT LIKE 'retention%' ORDER BY 2, 1
			""";

	private static final String INDEXES = """
			SELECT c.oid, c.relname, i.indisvalid, pg_get_indexdef(i.indexrelid) AS definition
			FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
			WHERE c.relnamespace = CAST('public' AS regnamespace) ORDER BY c.relname
			""";

	private static List<Map<String, Object>> read(TestDatabase database, String sql) {
		return database.jdbc().sql(sql).query().listOfRows();
	}

	private static List<String> checksums(TestDatabase database) {
		return PLATFORM.stream().map((table) -> database.jdbc().sql("""
				SELECT count(*) || ' ' || coalesce(md5(string_agg(CAST(t AS text), '|' ORDER BY CAST(t AS text))), '')
				FROM %s t
				""".formatted(table)).query(String.class).single()).toList();
	}

	private static void fill(Rows rows) {
		rows.recipe().id(16).insert();
		rows.generation().failed().recipe(16).age(Duration.ofDays(3)).insert(20);
		rows.generation().user("alice").withoutTimes().insert(3);
		rows.upscaleJob(rows.job().completed().age(Duration.ofDays(9)).insert()).insert();
	}

	@Test
	void anExistingInstallationKeepsEveryRowAndColumn() {
		try (TestDatabase database = TestDatabase.create(Installation.EXISTING)) {
			fill(database.rows());
			List<Map<String, Object>> columns = read(database, COLUMNS);
			List<Map<String, Object>> constraints = read(database, CONSTRAINTS);
			List<Map<String, Object>> indexes = read(database, INDEXES);
			List<String> checksums = checksums(database);
			Service.start(database).close();
			assertThat(read(database, COLUMNS)).isEqualTo(columns);
			assertThat(read(database, CONSTRAINTS)).isEqualTo(constraints);
			assertThat(read(database, INDEXES)).containsAll(indexes);
			assertThat(checksums(database)).isEqualTo(checksums);
			assertOnlyOursIsNew(database, indexes);
		}
	}

	private static void assertOnlyOursIsNew(TestDatabase database, List<Map<String, Object>> before) {
		assertThat(read(database, INDEXES)).filteredOn((index) -> !before.contains(index))
			.allSatisfy((index) -> assertThat(index.get("relname").toString()).startsWith("retention_"));
		assertThat(database.jdbc()
			.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'retention%'")
			.query(String.class)
			.list()).containsExactlyInAnyOrderElementsOf(PLATFORM);
		assertThat(database.jdbc()
			.sql("SELECT count(*) FROM pg_tables WHERE tablename = 'retention_schema_history'")
			.query(Long.class)
			.single()).isEqualTo(1);
	}

	@Test
	void anEmptyDatabaseGetsEverythingAndTheBacklogUser() {
		try (TestDatabase database = TestDatabase.create(Installation.NEW)) {
			Service.startWithoutWeb(database, "--retention.backlog.user-id=the backlog").close();
			assertThat(database.jdbc().sql("SELECT id FROM users").query(String.class).list())
				.containsExactly("the backlog");
			assertOnlyOursIsNew(database, read(database, INDEXES));
		}
	}

	@ParameterizedTest
	@EnumSource
	void aSecondStartChangesNothing(Installation installation) {
		try (TestDatabase database = TestDatabase.create(installation)) {
			Service.startWithoutWeb(database).close();
			List<Map<String, Object>> columns = read(database, COLUMNS.replace("NOT LIKE 'retention%'", "<> ''"));
			List<Map<String, Object>> indexes = read(database, INDEXES);
			List<Map<String, Object>> history = read(database, "SELECT * FROM retention_schema_history");
			List<String> checksums = checksums(database);
			assertThat(indexes).allSatisfy((index) -> assertThat(index.get("indisvalid")).isEqualTo(true));
			Service.startWithoutWeb(database).close();
			assertThat(read(database, COLUMNS.replace("NOT LIKE 'retention%'", "<> ''"))).isEqualTo(columns);
			assertThat(read(database, INDEXES)).isEqualTo(indexes);
			assertThat(read(database, "SELECT * FROM retention_schema_history")).isEqualTo(history);
			assertThat(checksums(database)).isEqualTo(checksums);
		}
	}

	@Test
	void anIndexThatWasLeftInvalidIsBuiltAnew() {
		try (TestDatabase database = TestDatabase.started()) {
			List<Map<String, Object>> before = read(database, INDEXES);
			database.jdbc().sql("""
					UPDATE pg_index SET indisvalid = false
					WHERE indexrelid = CAST('retention_generations_rank_idx' AS regclass)
					""").update();
			Service.startWithoutWeb(database).close();
			List<Map<String, Object>> after = read(database, INDEXES);
			assertThat(after).allSatisfy((index) -> assertThat(index.get("indisvalid")).isEqualTo(true));
			assertThat(after).filteredOn((index) -> !before.contains(index))
				.singleElement()
				.satisfies((index) -> assertThat(index.get("relname")).isEqualTo("retention_generations_rank_idx"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "generations,failure_reason", "generations,updated_at", "jobs,created_at", "upscale_jobs,status",
			"credit_transactions,description", "recipes,name" })
	void aMissingColumnIsNamedInOneLine(String table, String column, CapturedOutput output) {
		try (TestDatabase database = TestDatabase.create(Installation.EXISTING)) {
			database.jdbc().sql("ALTER TABLE %s DROP COLUMN %s CASCADE".formatted(table, column)).update();
			assertThat(refused(database, output)).contains(table, column);
			assertThat(database.jdbc()
				.sql("SELECT count(*) FROM pg_tables WHERE tablename LIKE 'retention%'")
				.query(Long.class)
				.single()).isZero();
		}
	}

	@Test
	void aLedgerThatWantsMoreIsNamedInOneLine(CapturedOutput output) {
		try (TestDatabase database = TestDatabase.create(Installation.EXISTING)) {
			database.jdbc().sql("ALTER TABLE credit_transactions ADD COLUMN shop text NOT NULL").update();
			assertThat(refused(database, output)).contains("credit_transactions", "shop");
		}
	}

	private static String refused(TestDatabase database, CapturedOutput output) {
		int before = output.getAll().length();
		assertThatThrownBy(() -> Service.startWithoutWeb(database)).isNotNull();
		String said = output.getAll().substring(before);
		assertThat(said).doesNotContain("\tat ");
		List<String> errors = said.lines().filter((line) -> line.contains("ERROR")).toList();
		assertThat(errors).as(said).hasSize(1);
		return errors.get(0);
	}

	@Test
	void aMissingBacklogUserIsSaidAtTheStart(CapturedOutput output) {
		try (TestDatabase database = TestDatabase.create(Installation.EXISTING)) {
			database.jdbc().sql("DELETE FROM users WHERE id = 'system_backlog'").update();
			try (Service service = Service.start(database)) {
				assertThat(output.getAll()).contains("system_backlog").contains("BACKLOG_USER_ID");
				service.api().post(Api.RUN).problem(422);
			}
		}
	}

}
