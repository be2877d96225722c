package com.delula.retention.configured;

import java.util.ArrayList;
import java.util.List;

import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.ComponentScan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A rule that makes no sense stops the start with one line that names the setting. */
@ExtendWith(OutputCaptureExtension.class)
class BadRuleTests {

	private static final String NOWHERE = "--DATABASE_URL=postgres://me:secret@localhost:1/app";

	private static final String PREFIX = "--retention.rules.";

	private static final List<String> GOOD = List.of("x.tables[0].table=app.sessions", "x.tables[0].time=created_at",
			"x.tables[0].where.status=expired", "x.max-age=30d");

	private static TestDatabase database;

	@BeforeAll
	static void createTables() {
		database = TestDatabase.create(Installation.EXISTING);
		for (String statement : TestDatabase.resource("configured/tables.sql").split(";")) {
			database.jdbc().sql(statement).update();
		}
		database.jdbc().sql("CREATE TABLE app.keyless (at timestamptz, data json)").update();
		database.jdbc()
			.sql("CREATE COLLATION app.any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false)")
			.update();
		database.jdbc().sql("ALTER TABLE app.sessions ADD COLUMN email text COLLATE app.any_case").update();
	}

	@AfterAll
	static void drop() {
		database.close();
	}

	private static String failToStart(CapturedOutput output, List<String> arguments) {
		return fail(output, () -> Service.run(arguments.toArray(String[]::new)).close());
	}

	/** Much faster: nothing but the rules reads these settings. */
	private static String failToReadRules(CapturedOutput output, List<String> arguments) {
		SpringApplication application = new SpringApplication(RulesAlone.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setRegisterShutdownHook(false);
		return fail(output, () -> application.run(arguments.toArray(String[]::new)).close());
	}

	private static String fail(CapturedOutput output, ThrowingCallable start) {
		int before = output.getAll().length();
		assertThatThrownBy(start).isNotNull();
		String said = output.getAll().substring(before);
		List<String> errors = said.lines().filter((line) -> line.contains("ERROR")).toList();
		assertThat(errors).as(said).hasSize(1);
		assertThat(said).doesNotContain("\tat ").doesNotContain("Caused by");
		return errors.get(0).replaceAll(".* : Cannot start: ", "");
	}

	/** The arguments of a good rule, with others in their place. */
	private static List<String> arguments(String settings) {
		List<String> changed = List.of(settings.split(";"));
		List<String> all = new ArrayList<>(List.of("--server.port=0"));
		GOOD.stream()
			.filter((good) -> changed.stream().noneMatch((other) -> other.startsWith(good.replaceAll("=.*", "="))))
			.forEach((good) -> all.add(PREFIX + good));
		changed.stream().filter((setting) -> !setting.endsWith("=-")).forEach((setting) -> all.add(PREFIX + setting));
		return all;
	}

	/** Spring passes JSON's null over, so that the condition would be none at all. */
	@ParameterizedTest
	@CsvSource({ "null,where.status", "[null],where.status[0]", "'[\"expired\", null]',where.status[1]" })
	void nullInJsonIsRefused(String values, String setting, CapturedOutput output) {
		String json = """
				{"retention": {"rules": {"x": {"max-age": "30d", "tables": [
					{"table": "app.sessions", "time": ["created_at"], "where": {"status": %s}}]}}}}
				""".formatted(values);
		assertThat(failToReadRules(output, List.of(NOWHERE, "--server.port=0", "--spring.application.json=" + json)))
			.startsWith("Invalid retention.rules.x.tables[0]." + setting + "=null: must be a value");
	}

	/** Without a database: these are told before anything else happens. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "none", value = {
			"X_y.max-age=1d|Invalid retention.rules=X_y: must be a name of up to 48 lower-case letters",
			"1y.max-age=1d|Invalid retention.rules=1y: must be a name of",
			"x.max-age=-|Missing retention.rules.x.max-age: must be a duration such as 30d",
			"x.max-age=soon|Invalid retention.rules.x.max-age=soon: must be a duration",
			"x.max-age=-1h|Invalid retention.rules.x.max-age=-1h: must be a duration from 0h to 87600h",
			"x.max-age=9000d|Invalid retention.rules.x.max-age=216000h: must be a duration from 0h to 87600h",
			"x.max-agee=1d|Unknown setting retention.rules.x.max-agee. Valid settings: title, tables,",
			"x.tables[0].were.status=a|Unknown setting retention.rules.x.tables[0].were.status. Valid settings: table,",
			"x.schedule.crn=-1|Unknown setting retention.rules.x.schedule.crn. Valid settings: cron,",
			"x.tables[0].table=-|Missing retention.rules.x.tables[0].table: must be the name of a table",
			"x.tables[0].time=-|Missing retention.rules.x.tables[0].time: must be one or more columns of app.sessions",
			"x.tables[0].table=users, jobs|Invalid retention.rules.x.tables[0].table=users, jobs: must be the name of a table",
			"x.tables[0].table=a.b.c|Invalid retention.rules.x.tables[0].table=a.b.c: must be the name of a table",
			"x.tables[1].table=app.sessions;x.tables[1].time=created_at|Invalid retention.rules.x.tables[1].table=app.sessions: must be a table that the rule does not name twice",
			"x.keep-newest=-1|Invalid retention.rules.x.keep-newest=-1: must be a whole number from 0 to 1000000",
			"x.keep-newest=some|Invalid retention.rules.x.keep-newest=some: must be a",
			"x.per=user_id|Invalid retention.rules.x.per=user_id: must be set together with keep-newest",
			"x.keep-newest=1;x.tables[1].table=app.visits;x.tables[1].time=day|Invalid retention.rules.x.keep-newest=1: must be left out where a rule has several tables",
			"x.narrow-by=hours|Invalid retention.rules.x.narrow-by=hours: must be a column whose option has a name of its own",
			"x.schedule.cron=daily|Invalid retention.rules.x.schedule.cron=daily: must be a cron expression",
			"x.schedule.interval=0h|Invalid retention.rules.x.schedule.interval=0h: must be a duration from 1s",
			"x.schedule.interval=6h;x.schedule.cron=0 3 * * *|Invalid retention.rules.x.schedule.cron=0 3 * * *: must be left out where an interval is set, or - for never",
			"x.schedule.initial-delay=5s|Invalid retention.rules.x.schedule.initial-delay=5s: must be set together with interval",
			"x.emergency=perhaps|Invalid retention.rules.x.emergency=perhaps: must be true or false",
			"x.ledger-type=a b|Invalid retention.rules.x.ledger-type=a b: must be up to 50 letters" })
	void nonsense(String settings, String line, CapturedOutput output) {
		List<String> arguments = arguments(settings);
		arguments.add(NOWHERE);
		assertThat(failToReadRules(output, arguments)).startsWith(line);
	}

	@Test
	void aNameThatIsTaken(CapturedOutput output) {
		List<String> arguments = arguments(
				"job-purge.max-age=1d;job-purge.tables[0].table=t;job-purge.tables[0].time=t");
		arguments.add(NOWHERE);
		assertThat(failToStart(output, arguments)).startsWith("Two rules are named job-purge");
	}

	/** What does not fit the database. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"x.tables[0].table=app.sesions|Invalid retention.rules.x.tables[0].table=app.sesions: must be a table that the database has",
			"x.tables[0].table=nowhere.sessions|Invalid retention.rules.x.tables[0].table=nowhere.sessions: must be a table that the database has",
			"x.tables[0].table=retention_run;x.tables[0].time=started_at|Invalid retention.rules.x.tables[0].table=retention_run: must be a table that is not the service's own",
			"x.tables[0].time=last_sen|The table app.sessions has no column last_sen, which is needed",
			"x.tables[0].time=status|Invalid retention.rules.x.tables[0].time=status: must be a column of type timestamp, timestamptz or date, not text",
			"x.tables[0].where.state=a|The table app.sessions has no column state, which is needed",
			"x.tables[0].where.id=abc|Invalid retention.rules.x.tables[0].where.id=abc: must be a value of type integer",
			"x.tables[0].where.id=1 OR true|Invalid retention.rules.x.tables[0].where.id=1 OR true: must be a value of type integer",
			"x.tables[0].where.created_at=long ago|Invalid retention.rules.x.tables[0].where.created_at=long ago: must be a value of type timestamp with time zone",
			"x.keep-newest=2;x.per=user|The table app.sessions has no column user, which is needed",
			"x.keep-newest=2;x.per=email|Invalid retention.rules.x.per=email: must be a column whose equal values are written alike",
			"x.narrow-by=userid|The table app.sessions has no column userid, which is needed",
			"x.tables[0].table=app.parents;x.tables[0].time=at;x.tables[0].where.status=-;x.tables[1].table=app.children;x.tables[1].time=at|Invalid retention.rules.x.tables[1].table=app.children: must be named before app.parents, which its foreign key refers to",
			"x.tables[0].table=app.keyless;x.tables[0].time=at;x.tables[0].where.status=-|The table app.keyless lacks a primary key, by which the rule x tells its rows apart" })
	void whatTheDatabaseDoesNotHave(String settings, String line, CapturedOutput output) {
		List<String> arguments = arguments(settings);
		database.properties().forEach((property) -> arguments.add("--" + property));
		assertThat(fail(output, () -> Service.runWithoutWeb(arguments.toArray(String[]::new)).close()))
			.startsWith(line);
	}

	@Test
	void aRoleThatMayNotDelete(CapturedOutput output) {
		database.jdbc().sql("CREATE ROLE reader LOGIN PASSWORD 'reader'").update();
		try (TestDatabase other = TestDatabase.started()) {
			other.jdbc().sql("CREATE SCHEMA app").update();
			other.jdbc()
				.sql("CREATE TABLE app.sessions (id int PRIMARY KEY, status text, created_at timestamptz)")
				.update();
			List<String> arguments = arguments("x.schedule.cron=0 3 * * *");
			other.properties().forEach((property) -> arguments.add("--" + property));
			Service.runWithoutWeb(arguments.toArray(String[]::new)).close();
			for (String grant : List.of("GRANT USAGE ON SCHEMA app TO reader",
					"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO reader",
					"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO reader",
					"GRANT SELECT ON app.sessions TO reader")) {
				other.jdbc().sql(grant).update();
			}
			arguments.addAll(List.of("--spring.datasource.username=reader", "--spring.datasource.password=reader",
					"--spring.flyway.enabled=false"));
			arguments.remove("--spring.datasource.username=" + other.username());
			arguments.remove("--spring.datasource.password=" + other.password());
			assertThat(failToStart(output, arguments))
				.startsWith("The role reader lacks a privilege: GRANT DELETE ON app.sessions TO reader");
			other.jdbc().sql("DROP OWNED BY reader").update();
		}
		finally {
			database.jdbc().sql("DROP ROLE IF EXISTS reader").update();
		}
	}

	@ComponentScan({ "com.delula.retention.rule", "com.delula.retention.configured" })
	static class RulesAlone {

	}

}
