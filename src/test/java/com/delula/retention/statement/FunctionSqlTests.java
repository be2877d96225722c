package com.delula.retention.statement;

import java.time.Duration;

import com.delula.retention.database.SqlLiteral;
import com.delula.retention.installation.Catalog;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.RuleTable;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** A function for a rule that no built-in one resembles. */
class FunctionSqlTests {

	private static final String ODD = "it's :before 100% %1$s \\ $sql$ $sql0$ {keys}";

	@Test
	void aKeyOfTwoColumnsAndValuesThatLookLikeSql() {
		Rule rule = Rule.named("odd-rows")
			.table(RuleTable.named("odd").only("State", ODD, null).time("seen", "made").build())
			.olderThan(Duration.ofHours(1))
			.keepNewest(1, "grp")
			.build();
		try (TestDatabase database = TestDatabase.create(Installation.NEW); Service service = Service.start(database)) {
			JdbcClient jdbc = service.jdbc();
			create(jdbc);
			String body = new FunctionSql(new Catalog(jdbc), rule, "system_backlog").body();
			// Not a prepared statement, which would look for parameters.
			execute(database, "CREATE FUNCTION odd() RETURNS bigint LANGUAGE plpgsql SET timezone = 'UTC' AS "
					+ SqlLiteral.dollarQuoted(body));
			assertThat(jdbc.sql("SELECT odd()").query(Long.class).single()).isEqualTo(17);
			assertThat(jdbc.sql("SELECT a || b FROM odd ORDER BY n").query(String.class).list()).containsExactly("a-7",
					"a-20", "b-21", "c-22");
			assertThat(jdbc.sql("SELECT rows_due || ' ' || rows_kept_referenced FROM retention_run")
				.query(String.class)
				.single()).isEqualTo("18 1");
		}
	}

	/**
	 * Twenty due rows, of which the newest stays and one is protected; and three more.
	 */
	private static void create(JdbcClient jdbc) {
		jdbc.sql(
				"""
						CREATE TABLE odd (n int, a text, b int, "State" text, grp text, seen timestamp, made date, PRIMARY KEY (a, b))
						""")
			.update();
		jdbc.sql("""
				INSERT INTO odd SELECT i, 'a', -i, CASE WHEN i % 2 = 0 THEN CAST(:odd AS text) END, 'g',
					CASE WHEN i % 3 > 0 THEN now() AT TIME ZONE 'UTC' - make_interval(days => 40 - i) END,
					now() AT TIME ZONE 'UTC' - make_interval(days => 40 - i)
				FROM generate_series(1, 20) AS i
				""").param("odd", ODD).update();
		jdbc.sql("INSERT INTO odd VALUES (21, 'b', -21, 'other', 'g', 'epoch'), (22, 'c', -22, NULL, NULL, 'epoch')")
			.update();
		jdbc.sql("DELETE FROM odd WHERE n = 3").update();
		jdbc.sql("""
				CREATE FUNCTION protect() RETURNS trigger LANGUAGE plpgsql AS
				$$ BEGIN RAISE foreign_key_violation; END $$
				""").update();
		jdbc.sql("""
				CREATE TRIGGER protect BEFORE DELETE ON odd FOR EACH ROW WHEN (OLD.n = 7) EXECUTE FUNCTION protect()
				""").update();
	}

	private static void execute(TestDatabase database, String sql) {
		new JdbcTemplate(database.dataSource()).execute(sql);
	}

}
