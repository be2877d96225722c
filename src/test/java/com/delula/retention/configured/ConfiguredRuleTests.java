package com.delula.retention.configured;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import com.delula.retention.answer.RowAnswers;
import com.delula.retention.policy.PolicyStore;
import com.delula.retention.rule.Policy;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.Trigger;
import com.delula.retention.run.engine.RunEngine;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Rules that a file describes remove what it says from tables that nobody prepared. */
@ExtendWith(OutputCaptureExtension.class)
@Tag("core")
class ConfiguredRuleTests {

	private static final TestDatabase database = TestDatabase.started();

	private static final JdbcClient jdbc = database.jdbc();

	private static Service service;

	@BeforeAll
	static void start(@TempDir Path directory) throws IOException {
		for (String statement : TestDatabase.resource("configured/tables.sql").split(";")) {
			jdbc.sql(statement).update();
		}
		Path file = Files.writeString(directory.resolve("rules.yml"), TestDatabase.resource("configured/rules.yml"));
		service = Service.start(database, "--spring.config.additional-location=" + file.toUri());
	}

	@AfterAll
	static void stop() {
		service.close();
		database.close();
	}

	private static Run run(String rule, Mode mode, Map<String, String> options) {
		RunRequest request = new RunRequest(rule, mode, Trigger.API, "test", false, options);
		Run run = service.bean(RunEngine.class).start(request).outcome().join().run();
		assertThat(run.status()).as(String.valueOf(run.error())).isEqualTo(RunStatus.SUCCEEDED);
		return run;
	}

	private static Run run(String rule) {
		return run(rule, Mode.REGULAR, Map.of());
	}

	private static List<String> left(String table) {
		return jdbc.sql("SELECT note FROM " + table + " ORDER BY note").query(String.class).list();
	}

	private static String verdict(String rule, String key) {
		return service.bean(RowAnswers.class).explain(rule(rule), null, key, "test").verdict();
	}

	private static Rule rule(String name) {
		return service.bean(Rules.class).get(name);
	}

	/** The example of the contract: a group's newest, values, the first of two times. */
	@Test
	void theNewestOfEachGroupAndOtherValuesStay() {
		jdbc.sql("""
				INSERT INTO app.sessions (user_id, status, last_seen, created_at, note)
				SELECT u, 'expired', NULL, now() - make_interval(days => 30 + n), u || n
				FROM generate_series(1, 5) n, (VALUES ('a'), ('b')) AS users (u)
				UNION ALL VALUES ('a', 'active', NULL, now() - interval '90 days', 'active'),
					('c', 'revoked', now() - interval '1 day', now() - interval '90 days', 'seen'),
					(NULL, 'revoked', NULL, NULL, 'timeless'),
					(NULL, 'revoked', now() - interval '31 days', NULL, 'x1'),
					(NULL, 'revoked', now() - interval '32 days', NULL, 'x2'),
					(NULL, 'revoked', now() - interval '33 days', NULL, 'x3')
				""").update();
		assertThat(run("expired-sessions").rowsRemoved()).isEqualTo(5);
		assertThat(left("app.sessions")).containsExactly("a1", "a2", "a3", "active", "b1", "b2", "b3", "seen",
				"timeless", "x1", "x2");
		assertThat(jdbc.sql("SELECT amount FROM credit_transactions WHERE type = 'expired_sessions'")
			.query(Long.class)
			.list()).containsExactly(5L);
		jdbc.sql("UPDATE app.sessions SET created_at = created_at - interval '1 day'").update();
		assertThat(run("expired-sessions", Mode.REGULAR, Map.of("hours", "0", "userId", "a")).rowsRemoved()).isZero();
	}

	/** Whatever a text contains, and inside the database too. */
	@Test
	void aHoldOnATextKeepsItsRows() {
		String odd = "o'brien \\ :before ? $sql$ {keys} %1$s";
		service.bean(PolicyStore.class)
			.save("expired-sessions", new Policy("odd", Collections.singletonMap("user_id", odd), null, 0, true, null),
					"test", "api");
		jdbc.sql(
				"""
						INSERT INTO app.sessions (user_id, status, created_at, note)
						SELECT u, 'expired', now() - interval '90 days', 'held' FROM (VALUES (:odd), (:odd), (:odd), (:odd)) AS users (u)
						""")
			.param("odd", odd)
			.update();
		run("expired-sessions", Mode.REGULAR, Map.of("hours", "0"));
		jdbc.sql("SELECT retention_run_expired_sessions()").query().singleRow();
		assertThat(jdbc.sql("SELECT count(*) FROM app.sessions WHERE note = 'held'").query(Long.class).single())
			.isEqualTo(4);
		jdbc.sql("DELETE FROM app.sessions").update();
		jdbc.sql("DELETE FROM retention_policy").update();
		jdbc.sql("DELETE FROM credit_transactions").update();
	}

	/** A reserved name, capitals and blanks, a key of two columns, times of two types. */
	@Test
	void namesThatNeedQuotesAndAKeyOfTwoColumns() {
		jdbc.sql(
				"""
						INSERT INTO app."Order" ("user", "Line No", "group", "placed at", paid_on, note)
						SELECT 'o''brien', n, 'it''s; DROP TABLE "Order" --', now() AT TIME ZONE 'UTC' - make_interval(days => n),
							NULL, 'old' || n
						FROM generate_series(1, 4) n
						UNION ALL VALUES ('z', 9, NULL, NULL, now() - interval '3 days', 'paid'),
							('z', 10, NULL, NULL, now() - interval '1 hour', 'paid now'),
							('z', 11, 'other', now() AT TIME ZONE 'UTC' - interval '9 days', NULL, 'other')
						""")
			.update();
		assertThat(List.of("o'brien,2", "z,9", "z,10", "z,11", "z,12").stream().map((key) -> verdict("orders", key)))
			.containsExactly("due", "due", "too-young", "not-covered", "unknown");
		assertThatThrownBy(() -> verdict("orders", "z")).hasMessageContaining(
				"must be values of \"user\" (character varying), \"Line No\" (integer), in this order");
		assertThat(run("orders").rowsRemoved()).isEqualTo(4);
		assertThat(left("app.\"Order\"")).containsExactly("old1", "other", "paid now");
	}

	@Test
	void aKeyOfUuidsADateAndNullAsAValue() {
		jdbc.sql("""
				INSERT INTO app.visits (id, day, kind, note)
				SELECT gen_random_uuid(), CAST(now() AT TIME ZONE 'UTC' AS date) - n, NULL, 'd' || n
				FROM generate_series(7, 13, 3) n
				UNION ALL VALUES (gen_random_uuid(), current_date - 99, 'kept', 'kept'),
					(gen_random_uuid(), current_date - 99, 'bot', 'bot')
				""").update();
		assertThat(run("visits").rowsRemoved()).isEqualTo(3);
		assertThat(left("app.visits")).containsExactly("d7", "kept");
		run("visits", Mode.EMERGENCY, Map.of());
		assertThat(left("app.visits")).containsExactly("kept");
	}

	/** What goes with a foreign key of the database stays while anything refers to it. */
	@Test
	void aParentThatARowStillRefersToStays() {
		jdbc.sql(
				"""
						INSERT INTO app.parents (code, at, note)
						SELECT v.code, now() - interval '9 days', v.code FROM (VALUES ('free'), ('old child'), ('young child')) AS v (code)
						""")
			.update();
		jdbc.sql("""
				INSERT INTO app.children (parent, at, note)
				VALUES ('old child', now() - interval '9 days', 'old'), ('young child', now(), 'young')
				""").update();
		Run run = run("families");
		assertThat(run.removedByTable()).isEqualTo(Map.of("app.children", 1L, "app.parents", 2L));
		assertThat(run.rowsKeptReferenced()).isEqualTo(1);
		assertThat(left("app.parents")).containsExactly("young child");
		assertThat(left("app.children")).containsExactly("young");
	}

	@Test
	void aParentByAForeignKeyOfTwoColumnsStaysToo() {
		jdbc.sql("""
				INSERT INTO app.owners (a, b, at, note)
				VALUES (1, 1, now() - interval '9 days', 'old pet'), (1, 2, now() - interval '9 days', 'young pet')
				""").update();
		jdbc.sql("""
				INSERT INTO app.pets (a, b, at, note)
				VALUES (1, 1, now() - interval '9 days', 'old'), (1, 2, now(), 'young')
				""").update();
		assertThat(run("pets").rowsKeptReferenced()).isEqualTo(1);
		assertThat(left("app.owners")).containsExactly("young pet");
		assertThat(left("app.pets")).containsExactly("young");
	}

	/** A key that is padded, and the newest of all rows without groups. */
	@Test
	void theNewestOfAllStayWhereThereAreNoGroups() {
		jdbc.sql(
				"""
						INSERT INTO app.ulids (id, at, note)
						SELECT 'key' || lpad(n::text, 5, '0'), now() - make_interval(days => 9), 'n' || n FROM generate_series(1, 6) n
						""")
			.update();
		assertThat(run("ulids").rowsRemoved()).isEqualTo(4);
		assertThat(left("app.ulids")).containsExactly("n5", "n6");
	}

	@Test
	void whatIsNotSaidFollowsFromTheName() {
		Rule visits = rule("visits");
		assertThat(visits.title()).isEqualTo("Visits");
		assertThat(visits.ledgerType()).isEqualTo("visits");
		assertThat(visits.ageOption()).isTrue();
		assertThat(rule("expired-sessions").title()).isEqualTo("Expired sessions");
		assertThat(rule("expired-sessions").ledgerType()).isEqualTo("expired_sessions");
		assertThat(rule("expired-sessions").description())
			.isEqualTo("Removes rows of app.sessions with status expired or revoked that are older than 30 days,"
					+ " but keeps the 3 newest of each user_id.");
		assertThat(rule("expired-sessions").narrowBy()).containsExactly("user_id");
		assertThat(visits.description())
			.isEqualTo("Removes rows of app.visits with kind null or bot that are older than 10 days.");
		assertThat(service.bean(Rules.class).all()).extracting(Rule::name)
			.containsExactly("backlog-cleanup", "job-purge", "expired-sessions", "orders", "visits", "families", "pets",
					"ulids");
	}

	@Test
	void eachHasItsSchedule(CapturedOutput output) {
		assertThat(service.schedules()).extracting((schedule) -> schedule.task() + " " + schedule.text())
			.containsExactly("expired-sessions cron '0 30 3 * * *' UTC", "visits cron '0 0 3 * * *' UTC",
					"families every 12h", "ulids cron '0 0 3 * * *' UTC");
		assertThat(service.schedules().get(0).next().atZone(ZoneOffset.UTC).toLocalTime())
			.isEqualTo(LocalTime.of(3, 30));
	}

}
