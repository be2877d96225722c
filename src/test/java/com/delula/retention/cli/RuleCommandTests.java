package com.delula.retention.cli;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** A rule that no code of the command line knows has every command. */
class RuleCommandTests extends CommandTests {

	@BeforeAll
	static void create() {
		ExpiredSessions.create(database);
		begin(ExpiredSessions.SETTING, "retention.backlog.undo=1d");
	}

	@BeforeEach
	void fill() {
		ExpiredSessions.fill(database);
	}

	@Test
	void isListed() {
		assertThat(cli.run("rules", "--json")).isZero();
		JsonNode items = json().get("items");
		assertThat(items.valueStream().map((item) -> item.get("name").asString())).containsExactly("backlog-cleanup",
				"job-purge", "expired-sessions");
		JsonNode rule = items.get(2);
		assertThat(rule.get("title").asString()).isEqualTo("Expired sessions");
		assertThat(rule.get("tables").toString()).isEqualTo("[\"sessions\"]");
		assertThat(rule.get("maxAgeHours").intValue()).isEqualTo(720);
		assertThat(rule.get("per").asString()).isEqualTo("user_id");
		assertThat(rule.get("narrowBy").toString()).isEqualTo("[\"userId\"]");
		assertThat(rule.get("ledgerType").asString()).isEqualTo("expired_sessions");
		assertThat(cli.run("rules")).isZero();
		assertThat(cli.out())
			.containsPattern("expired-sessions +sessions +30 days +1 per user_id +never +not scheduled\n")
			.containsPattern("job-purge +upscale_jobs, jobs +48 hours +- +every 6 hours +\\d{4}-\\S+:\\d\\dZ\n")
			.contains("expired-sessions: Removes expired sessions older than 30 d");
		for (String command : List.of("rules", "status")) {
			assertThat(cli.run("--retention.backlog.windows=03:00-04:00", command)).as(cli.err()).isZero();
			assertThat(cli.out()).contains("NEXT RUN")
				.containsPattern("backlog-cleanup .+T02:00:00Z, waits until \\S+T03:00:00Z")
				.containsPattern("expired-sessions .+not scheduled");
		}
	}

	@Test
	void hasPolicies() {
		assertThat(cli.run("policies", "expired-sessions", "--set", "held", "--match", "user-id=1", "--hold",
				"--dry-run", "--json"))
			.as(cli.err())
			.isZero();
		assertThat(json().get("dueBefore").longValue() - json().get("dueAfter").longValue())
			.isEqualTo(json().get("fewerDue").longValue())
			.isPositive();
		assertThat(cli.run("policies", "expired-sessions", "--set", "held", "--match", "user-id=1", "--hold")).isZero();
		assertThat(cli.run("policies", "expired-sessions")).isZero();
		assertThat(cli.out()).containsPattern("held +userId=1 +- +- +hold");
		assertThat(cli.run("policies", "expired-sessions", "--json")).isZero();
		assertThat(json().at("/changes/0/door").asString()).isEqualTo("cli");
		assertThat(
				cli.run("policies", "expired-sessions", "--set", "again", "--match", "user-id=1", "--keep-newest", "0"))
			.isEqualTo(ExitCode.REFUSED);
		assertThat(cli.run("policies", "expired-sessions", "--set", "again", "--match", "user-id=2", "--keep-newest",
				"-1"))
			.isEqualTo(ExitCode.USAGE);
		assertThat(cli.run("policies", "job-purge", "--set", "any", "--match", "status=1", "--hold"))
			.isEqualTo(ExitCode.USAGE);
		assertThat(cli.run("policies", "nothing")).isEqualTo(ExitCode.USAGE);
		assertThat(cli.run("policies", "expired-sessions", "--delete", "held")).isZero();
		assertThat(cli.run("policies", "expired-sessions", "--delete", "held")).isEqualTo(ExitCode.REFUSED);
	}

	/** Of a recipe and of none; three and two of them are due. */
	private static List<Long> failures() {
		database.rows().generation().failed().recipe(16).age(Duration.ofDays(3)).insert(13);
		database.rows().generation().failed().age(Duration.ofDays(3)).insert(12);
		return database.rows().generationIds();
	}

	@Test
	void putsBackWhatARunRemoved() {
		List<Long> ids = failures();
		assertThat(cli.run("run", "backlog-cleanup", "--json")).as(cli.err()).isZero();
		String run = json().get("id").asString();
		long removed = json().get("rowsRemoved").longValue();
		assertThat(cli.run("restore", run, "--dry-run", "--json")).as(cli.err()).isZero();
		assertThat(json().get("rowsDue").longValue()).isEqualTo(removed).isPositive();
		assertThat(cli.run("restore", run, "--expected-rows", "0")).isEqualTo(ExitCode.REFUSED);
		assertThat(cli.out())
			.contains(removed + " rows would come back, more than the 0 expected; preview the restore");
		assertThat(cli.run("restore", run, "--dry-run")).isZero();
		assertThat(cli.out()).containsPattern("would be restored +" + removed);
		assertThat(database.rows().generationIds()).hasSize(20);
		assertThat(cli.run("restore", run)).as(cli.err()).isZero();
		assertThat(cli.out()).contains("restore completed successfully")
			.containsPattern("restored +" + removed)
			.containsPattern("RESTORED\n16 +3\nNo recipe_id +2\n");
		assertThat(database.rows().generationIds()).isEqualTo(ids);
		assertThat(cli.run("restore", "11111111-1111-1111-1111-111111111111")).isEqualTo(ExitCode.USAGE);
		assertThat(cli.run("restore", "x")).isEqualTo(ExitCode.USAGE);
		assertThat(cli.run("restore", run, "--expected-rows", "-1")).isEqualTo(ExitCode.USAGE);
	}

	/** As git takes the beginning of a commit's name. */
	@Test
	void aRunIsGivenByTheBeginningOfItsId() {
		List<Long> ids = failures();
		assertThat(cli.run("run", "backlog-cleanup", "--json")).as(cli.err()).isZero();
		String run = json().get("id").asString();
		assertThat(cli.run("restore", run.substring(0, 3))).isEqualTo(ExitCode.USAGE);
		assertThat(cli.err()).contains(
				"Ambiguous run '" + run.substring(0, 3) + "': give at least 4 digits of its id; 'runs' lists them.");
		String other = run.substring(0, 9) + ((run.charAt(9) == '0') ? '1' : '0') + run.substring(10);
		database.jdbc().sql("UPDATE retention_run SET started_at = started_at + interval '1 s'").update();
		database.jdbc().sql("""
				INSERT INTO retention_run (id, task, mode, trigger, actor, status, dry_run, cutoff, started_at,
					finished_at, owner)
				SELECT CAST(:other AS uuid), task, mode, trigger, actor, status, true, cutoff, now(), now(), owner
				FROM retention_run
				""").param("other", other).update();
		for (String command : List.of("restore", "cancel", "pause", "resume")) {
			assertThat(cli.run(command, run.substring(0, 9), "--json")).as(command).isEqualTo(ExitCode.USAGE);
			assertThat(json().get("status").intValue()).isEqualTo(400);
			assertThat(json().get("detail").asString())
				.startsWith("Ambiguous run '" + run.substring(0, 9) + "': matches " + run + ", " + other + ".");
		}
		assertThat(cli.run("pace", run.substring(0, 9), "0.2")).isEqualTo(ExitCode.USAGE);
		assertThat(cli.run("cancel", "99999999999")).isEqualTo(ExitCode.USAGE);
		assertThat(cli.err()).contains("Unknown run '99999999999'");
		assertThat(database.rows().generationIds()).hasSize(20);
		assertThat(cli.run("restore", run.substring(0, 10))).as(cli.err()).isZero();
		assertThat(database.rows().generationIds()).isEqualTo(ids);
	}

	@Test
	void tellsItsStatus() {
		assertThat(cli.run("status", "expired-sessions", "--json")).isZero();
		assertThat(json().get("rowsDue").longValue()).isEqualTo(3);
		assertThat(json().get("oldestDueAt").isNull()).isFalse();
		assertThat(json().get("tables").get("sessions").toString())
			.isEqualTo("{\"candidates\":5,\"due\":3,\"keptReferenced\":0}");
		assertThat(cli.run("status", "expired-sessions")).isZero();
		assertThat(cli.out()).containsPattern("sessions +5 +3 +0")
			.contains("EXPIRED-SESSIONS", "idle", "Next run: not scheduled; 3 rows due now.");
		assertThat(cli.run("status")).isZero();
		assertThat(cli.out()).contains("GENERATIONS", "JOBS", "EXPIRED-SESSIONS").containsPattern("sessions +5 +3 +0");
		assertThat(cli.run("status", "--json")).isZero();
		assertThat(json().get("totalGenerations").longValue()).isZero();
		assertThat(json().get("rules").get(0).get("rowsDue").longValue()).isEqualTo(3);
	}

	@Test
	void explainsARow() {
		assertThat(cli.run("explain", "expired-sessions", "1")).as(cli.err()).isZero();
		assertThat(cli.out()).contains("sessions 1: due", "number 3, not the newest of the sessions with user_id 1",
				"No run is scheduled.");
		assertThat(cli.run("explain", "expired-sessions", "6")).isZero();
		assertThat(cli.out()).contains("It goes once 1 newer one has arrived.").doesNotContain("No run is scheduled.");
		assertThat(cli.run("explain", "expired-sessions", "6", "--json")).isZero();
		assertThat(json().get("verdict").asString()).isEqualTo("kept-newest");
		assertThat(cli.run("explain", "expired-sessions", "x")).isEqualTo(ExitCode.USAGE);
		assertThat(cli.err()).contains("Invalid KEY=x: must be a value of id (bigint).").doesNotContain("..");
		assertThat(cli.run("explain", "job-purge", "1")).isEqualTo(ExitCode.USAGE);
		assertThat(cli.err()).contains("Missing option '--table': must be one of upscale_jobs, jobs.");
		assertThat(cli.run("explain", "nothing", "1")).isEqualTo(ExitCode.USAGE);
	}

	@Test
	void isReported() {
		assertThat(cli.run("run", "expired-sessions")).as(cli.err()).isZero();
		assertThat(cli.run("report", "expired-sessions", "--days", "100", "--json")).as(cli.err()).isZero();
		assertThat(json().get("days")).hasSize(100);
		assertThat(json().get("groups").get(0).toString())
			.isEqualTo("{\"group\":\"1\",\"name\":null,\"failed\":3,\"removed\":2}");
		assertThat(cli.run("report", "expired-sessions", "--csv")).isZero();
		assertThat(cli.out()).startsWith("kind,key,name,").contains("group,1,,,3,2,,,\r\n");
		assertThat(cli.run("report", "expired-sessions")).isZero();
		assertThat(cli.out()).containsPattern("\\d{4}-\\d\\d-\\d\\d +0 +3 +1 +1\n").containsPattern("1 +- +3 +2\n");
		assertThat(cli.run("report", "expired-sessions", "--days=0")).isEqualTo(ExitCode.USAGE);
		assertThat(cli.err()).contains("Invalid --days=0: must be a whole number from 1 to 366");
		assertThat(cli.run("report", "nothing")).isEqualTo(ExitCode.USAGE);
	}

	@Test
	void runsThroughTheEngine() {
		assertThat(cli.run("run", "expired-sessions", "--dry-run")).as(cli.err()).isZero();
		assertThat(cli.out()).containsPattern("sessions would be removed +3").containsPattern("1 +3 +2\n");
		assertThat(ExpiredSessions.ids(database)).hasSize(6);
		assertThat(cli.run("run", "expired-sessions", "--user-id", "2", "--json")).isZero();
		assertThat(json().get("success").booleanValue()).isTrue();
		assertThat(json().get("removedByTable").toString()).isEqualTo("{\"sessions\":1}");
		assertThat(json().get("options").toString()).isEqualTo("{\"userId\":\"2\"}");
		assertThat(ExpiredSessions.ids(database)).containsExactly(1L, 2L, 3L, 4L, 6L);
		assertThat(cli.run("run", "expired-sessions", "--hours=1000")).isZero();
		assertThat(cli.out()).contains("Expired sessions completed successfully")
			.containsPattern("sessions removed +1");
		assertThat(ExpiredSessions.ids(database)).containsExactly(2L, 3L, 4L, 6L);
		assertThat(database.jdbc()
			.sql("SELECT type, amount FROM credit_transactions ORDER BY created_at")
			.query()
			.listOfRows()).hasSize(2)
			.allMatch((row) -> row.equals(Map.of("type", "expired_sessions", "amount", row.get("amount"))));
		assertThat(cli.run("runs", "--task=expired-sessions")).isZero();
		assertThat(cli.out()).contains("succeeded (dry run)", "3 of 3");
	}

	@Test
	void hasItsEmergencyConfirmed() {
		assertThat(cli.run("run", "expired-sessions", "--emergency")).isEqualTo(ExitCode.USAGE);
		assertThat(cli.err()).contains("use --yes to remove them unasked", "Nothing was deleted");
		assertThat(cli.type("4\n", "run", "expired-sessions", "--emergency")).isEqualTo(ExitCode.REFUSED);
		assertThat(cli.err()).contains("This removes 5 sessions, whatever their age.", "Nothing was deleted");
		assertThat(cli.type("5\n", "run", "expired-sessions", "--emergency")).isZero();
		assertThat(cli.out()).contains("Emergency expired sessions completed successfully");
		assertThat(ExpiredSessions.ids(database)).containsExactly(4L);
		assertThat(database.jdbc()
			.sql("SELECT expected_rows FROM retention_run WHERE mode = 'emergency' AND NOT dry_run")
			.query(Long.class)
			.single()).isEqualTo(5);
		assertThat(cli.run("run", "expired-sessions", "--emergency", "--yes", "--hours=1")).isEqualTo(ExitCode.USAGE);
		assertThat(cli.err())
			.contains("Unknown option '--hours'. Valid options: --user-id, --dry-run, --expected-rows.");
	}

	@Test
	void looksAtValuesByTheColumnsType() {
		assertThat(cli.run("run", "expired-sessions", "--user-id=x")).isEqualTo(ExitCode.USAGE);
		assertThat(cli.err()).contains("Invalid --user-id=x: must be a value of user_id, a whole number. Nothing");
		assertThat(cli.run("status", "nosuch")).isEqualTo(ExitCode.USAGE);
		assertThat(cli.err()).contains("Unknown rule 'nosuch'. Valid rules: backlog-cleanup, job-purge, expired-sess")
			.doesNotContain("deleted");
		assertThat(cli.run("runs", "--task=nosuch")).isEqualTo(ExitCode.USAGE);
		assertThat(cli.err()).contains("must be one of backlog-cleanup, job-purge, expired-sessions.");
		assertThat(ExpiredSessions.ids(database)).hasSize(6);
	}

	@Test
	void theBuiltInRulesRunByTheirNamesToo() {
		database.rows().job().completed().age(Duration.ofDays(3)).insert();
		assertThat(cli.run("run", "job-purge", "--json")).isZero();
		assertThat(json().get("task").asString()).isEqualTo("job-purge");
		assertThat(json().get("rowsRemoved").longValue()).isEqualTo(1);
	}

}
