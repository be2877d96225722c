package com.delula.retention.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import com.delula.retention.support.OthersLock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands on a real database: what they do, write and tell by their exit code. */
class CliTests extends CommandTests {

	@BeforeAll
	static void create() {
		begin();
	}

	@BeforeEach
	void fill() {
		database.rows().generation().failed().age(Duration.ofDays(2)).insert(14);
		database.rows().job().completed().age(Duration.ofDays(3)).insert();
	}

	@ParameterizedTest
	@ValueSource(strings = { "bogus", "cleanup extra", "cleanup --dryrun", "cleanup --dry-run --dry-run",
			"cleanup --dry-run=yes", "cleanup --recipe-id=", "cleanup --recipe-id=x", "cleanup --failure-reason=",
			"cleanup --failure-reason --dryrun", "emergency", "emergency --hours=1", "purge --hours",
			"purge --hours=-1", "purge --hours=1.5", "purge --hours=07", "purge --hours=87601",
			"purge --hours=1 --hours=2", "--dryRun=true cleanup", "@file" })
	void whatIsNotUnderstoodIsWrongUsageAndDoesNothing(String command) {
		assertThat(cli.run(command.split(" "))).as(cli.out()).isEqualTo(ExitCode.USAGE);
		assertThat(cli.err()).contains("Nothing was deleted");
		assertThat(cli.out()).isEmpty();
		assertThat(database.rows().count("generations")).isEqualTo(14);
		assertThat(database.rows().count("retention_run")).isZero();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "runs --status=done|Invalid --status=done: must be one of running, succeeded",
			"runs --mode=all|Invalid --mode=all: must be one of regular, emergency, restore",
			"runs --size=0|Invalid --size=0: must be a whole number from 1 to 200.",
			"runs --page=07|Invalid --page=07: must be a whole number from 0 to 10000000.",
			"pg-cron|Missing subcommand. Valid subcommands: install, status, remove.", "pg-cron instal|instal" })
	void aCommandThatOnlyLooksSaysWhatIsWrongWithIt(String command, String text) {
		assertThat(cli.run(command.split(" "))).isEqualTo(ExitCode.USAGE);
		assertThat(cli.err()).contains(text).doesNotContain("deleted");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"purge --hours=07|Invalid --hours=07: must be a whole number from 0 to 87600. Nothing was deleted.",
			"purge --dry-run=yes|Invalid --dry-run=yes: must be true or false. Nothing was deleted.",
			"purge --dryrun|Unknown option '--dryrun'. Valid options: --hours, --dry-run, --expected-rows, --own-settings, --json. Nothing was deleted.",
			"purge --hours=1 --hours=2|Repeated option '--hours': it can be given only once. Nothing was deleted.",
			"cleanup --recipe-id=99|Unknown --recipe-id=99: no such recipe, and no failed generation has it. Nothing",
			"emergency --yes --recipe-id=99|Unknown --recipe-id=99: no such recipe, and no failed generation has it." })
	void aWrongOptionIsToldAsAtTheOtherDoors(String command, String text) {
		assertThat(cli.run(command.split(" "))).isEqualTo(ExitCode.USAGE);
		assertThat(cli.err()).contains(text);
		assertThat(database.rows().count("generations")).isEqualTo(14);
	}

	@Test
	void aRunIsHeldToTheRowsThatAreExpected() {
		assertThat(cli.run("cleanup", "--expected-rows=3")).isEqualTo(ExitCode.REFUSED);
		assertThat(cli.out()).contains("Backlog cleanup was refused: 4 rows are due, more than the 3 expected");
		assertThat(database.rows().count("generations")).isEqualTo(14);
		assertThat(cli.run("runs")).isZero();
		assertThat(cli.out()).contains("refused");
		assertThat(cli.run("cleanup", "--dry-run", "--expected-rows=3")).isZero();
		assertThat(cli.out()).contains("note: The run would be refused: 4 rows are due, more than the 3 expected\n");
		assertThat(cli.run("cleanup", "--dry-run", "--expected-rows=3", "--json")).isZero();
		assertThat(json().get("note").asString()).startsWith("The run would be refused");
		assertThat(cli.run("cleanup", "--dry-run", "--expected-rows=4", "--json")).isZero();
		assertThat(json().has("note")).isFalse();
		assertThat(cli.run("cleanup", "--expected-rows=x")).isEqualTo(ExitCode.USAGE);
		assertThat(cli.run("cleanup", "--expected-rows=4")).isZero();
		assertThat(database.rows().count("generations")).isEqualTo(10);
	}

	/** In the ledger too, whoever writes it. */
	@Test
	void largeNumbersAreWrittenAsOnThePages() {
		String ledger = "SELECT description FROM credit_transactions ORDER BY created_at";
		database.rows().generation().failed().age(Duration.ofDays(2)).insert(1200);
		assertThat(cli.run("cleanup", "--expected-rows=1000")).isEqualTo(ExitCode.REFUSED);
		assertThat(cli.out()).contains("refused: 1,204 rows are due, more than the 1,000 expected");
		assertThat(cli.run("cleanup")).as(cli.err()).isZero();
		database.rows().generation().failed().age(Duration.ofDays(2)).insert(1000);
		database.jdbc().sql("SELECT backlog_cleanup_failed_generations()").query(Long.class).single();
		assertThat(database.jdbc().sql(ledger).query(String.class).list())
			.endsWith("backlog cleanup: 1,204 rows removed", "backlog cleanup: 1,000 rows removed");
	}

	@Test
	void aCleanupGoesThroughTheEngine() {
		assertThat(cli.run("cleanup", "--dry-run", "--json")).isZero();
		assertThat(json().get("cleanedUpGenerations").longValue()).isEqualTo(4);
		assertThat(database.rows().count("generations")).isEqualTo(14);
		assertThat(cli.run("cleanup", "--json")).isZero();
		assertThat(json().get("success").booleanValue()).isTrue();
		assertThat(json().get("cleanupDetails").get(0).get("recipeName").asString()).isEqualTo("No Recipe");
		assertThat(database.rows().count("generations")).isEqualTo(10);
		assertThat(database.jdbc()
			.sql("SELECT trigger, actor, rows_removed FROM retention_run WHERE NOT dry_run")
			.query()
			.singleRow())
			.isEqualTo(Map.of("trigger", "cli", "actor", System.getProperty("user.name"), "rows_removed", 4L));
		assertThat(database.rows().count("credit_transactions")).isEqualTo(1);
		assertThat(cli.run("runs")).isZero();
		assertThat(cli.out()).contains("backlog-cleanup", "succeeded (dry run)", "2 of 2", "REMOVED  STILL REFERENCED");
		assertThat(cli.run("cleanup", "--dry-run")).isZero();
		assertThat(cli.out()).startsWith("Backlog cleanup: dry run, nothing was removed\n").doesNotContain("completed");
	}

	@Test
	void aPurgeTakesItsHours() {
		assertThat(cli.run("purge", "--hours", "100", "--json")).isZero();
		assertThat(json().get("jobsDeleted").longValue()).isZero();
		assertThat(cli.run("purge")).isZero();
		assertThat(cli.out()).contains("Purge completed successfully").containsPattern("jobs removed +1");
	}

	@Test
	void anEmergencyWantsItsNumberTyped() {
		assertThat(cli.type("13\n", "emergency")).isEqualTo(ExitCode.REFUSED);
		assertThat(cli.err()).contains("removes 14 failed generations", "Nothing was deleted");
		assertThat(database.rows().count("generations")).isEqualTo(14);
		hold("timeout", true);
		assertThat(cli.run("emergency", "--dry-run")).isZero();
		assertThat(cli.out()).containsPattern("No recipe +- +14 +14 +0\n")
			.contains("Kept by the hold held: rows with failure_reason timeout (Case 4711).");
		hold("timeout", false);
		assertThat(cli.type("14\n", "emergency", "--json")).isZero();
		assertThat(json().get("removedCount").longValue()).isEqualTo(14);
		assertThat(cli.run("emergency", "--yes")).isZero();
	}

	private static void hold(String reason, boolean hold) {
		List<String> edit = hold
				? List.of("--set", "held", "--match", "failure-reason=" + reason, "--hold", "--note", "Case 4711")
				: List.of("--delete", "held");
		List<String> command = new ArrayList<>(List.of("policies", "backlog-cleanup"));
		command.addAll(edit);
		assertThat(cli.run(command.toArray(String[]::new))).as(cli.err()).isZero();
	}

	@Test
	void aSecondRunIsToldOfTheFirst() {
		OthersLock.hold(database.jdbc(), "backlog-cleanup");
		try {
			assertThat(cli.run("cleanup", "--json")).isEqualTo(ExitCode.BUSY);
			assertThat(json().get("success").booleanValue()).isFalse();
			assertThat(cli.err()).contains("already under way");
		}
		finally {
			OthersLock.release(database.jdbc(), "backlog-cleanup");
		}
	}

	/** A script reads the same problem as over HTTP. */
	@Test
	void whatGoesWrongIsAProblemInJson() {
		assertProblem(409, ExitCode.REFUSED, "4 rows are due, more than the 3 expected", "cleanup",
				"--expected-rows=3");
		assertThat(json().get("rowsDue").longValue()).isEqualTo(4);
		assertThat(json().get("expectedRows").longValue()).isEqualTo(3);
		assertThat(json().get("rowsRemoved").longValue()).isZero();
		assertThat(cli.out())
			.contains(database.jdbc().sql("SELECT id FROM retention_run").query(String.class).single());
		assertProblem(400, ExitCode.USAGE, "Invalid --dry-run=yes", "cleanup", "--dry-run=yes");
		assertProblem(400, ExitCode.USAGE, "Unknown option '--bogus'", "cleanup", "--bogus");
		assertProblem(400, ExitCode.USAGE, "Invalid --size=0", "runs", "--size=0");
		assertProblem(404, ExitCode.USAGE, "Unknown run 'x'", "restore", "x");
		assertProblem(404, ExitCode.USAGE, "Unknown run '", "cancel", "11111111-1111-1111-1111-111111111111");
		assertProblem(404, ExitCode.USAGE, "Unknown rule 'nothing'", "run", "nothing");
		assertProblem(404, ExitCode.USAGE, "Unknown rule 'nothing'", "status", "nothing");
		assertProblem(404, ExitCode.REFUSED, "no policy 'cats'", "policies", "backlog-cleanup", "--delete", "cats");
		CommandLineRunner lost = new CommandLineRunner(
				List.of("spring.datasource.url=jdbc:postgresql://localhost:1/nowhere"));
		assertThat(lost.run("status", "--json")).isEqualTo(ExitCode.FAILED);
		assertThat(new JsonMapper().readTree(lost.out()).get("status").intValue()).isEqualTo(503);
	}

	@Test
	void aRunThatFailsIsAProblemWithItsCounts() {
		database.jdbc().sql("""
				CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
				AS $$BEGIN RAISE E'not\\ntoday %', repeat('x', 300) USING DETAIL = 'a row', HINT = 'a hint'; END$$
				""").update();
		database.jdbc().sql("CREATE TRIGGER refuse BEFORE DELETE ON generations EXECUTE FUNCTION refuse()").update();
		try {
			assertProblem(500, ExitCode.FAILED, "The run failed: The database answered: not today " + "x".repeat(190)
					+ "… (error code P0001). What it removed until then is counted.", "cleanup");
			assertThat(json().get("cleanedUpGenerations").longValue()).isZero();
			assertThat(json().get("runId").asString()).isNotEmpty();
		}
		finally {
			database.jdbc().sql("DROP FUNCTION refuse() CASCADE").update();
		}
	}

	private static void assertProblem(int status, int code, String detail, String... command) {
		String[] args = Stream.concat(Stream.of(command), Stream.of("--json")).toArray(String[]::new);
		assertThat(cli.run(args)).as(cli.out()).isEqualTo(code);
		assertThat(json().get("status").intValue()).isEqualTo(status);
		assertThat(json().get("success").booleanValue()).isFalse();
		assertThat(json().get("detail").asString()).contains(detail);
	}

	@Test
	void aDatabaseThatIsAwayIsAFailureInOneLine() {
		CommandLineRunner lost = new CommandLineRunner(
				List.of("spring.datasource.url=jdbc:postgresql://localhost:1/nowhere"));
		assertThat(lost.run("status")).isEqualTo(ExitCode.FAILED);
		assertThat(lost.out()).isEmpty();
	}

	@Test
	void helpAndCompletionNeedNoDatabase() {
		CommandLineRunner bare = new CommandLineRunner(List.of());
		assertThat(bare.run("help")).isZero();
		assertThat(bare.out()).contains("cleanup", "emergency", "pg-cron", "Exit status");
		assertThat(bare.out().lines()).allMatch((line) -> line.length() <= 80);
		assertThat(bare.run("completion")).isZero();
		assertThat(bare.out()).contains("--failure-reason", "job-purge");
		assertThat(bare.run("completion", "fish")).isZero();
		assertThat(bare.out()).contains(
				"complete -c retention -n '__fish_seen_subcommand_from explain' -a 'backlog-cleanup job-purge'",
				"-n '__fish_seen_subcommand_from purge' -l hours -x -d");
		assertThat(bare.run("completion", "man")).isZero();
		assertThat(bare.out()).startsWith(".TH RETENTION 1")
			.contains(".SH COMMANDS", ".SS retention purge", ".B \\-\\-hours=");
		assertThat(bare.run("completion", "tcsh")).isEqualTo(ExitCode.USAGE);
		assertThat(bare.err()).contains("Unknown shell 'tcsh'. Valid shells: bash, zsh, fish, man.");
	}

	@Test
	void colourIsForTerminalsThatWantIt() {
		assertThat(TerminalKind.colours(Map.of("TERM", "xterm"), true)).isTrue();
		assertThat(TerminalKind.colours(Map.of("TERM", "dumb"), true)).isFalse();
		assertThat(TerminalKind.colours(Map.of("NO_COLOR", "1", "CLICOLOR_FORCE", "1"), true)).isFalse();
		assertThat(TerminalKind.colours(Map.of(), false)).isFalse();
		assertThat(TerminalKind.colours(Map.of("CLICOLOR_FORCE", "1"), false)).isTrue();
		assertThat(cli.run("cleanup", "--dry-run")).isZero();
		assertThat(cli.run("runs")).isZero();
		assertThat(cli.out()).doesNotContain("\u001B");
		CommandLineRunner coloured = new CommandLineRunner(database.properties()).inColours();
		assertThat(coloured.run("runs")).isZero();
		assertThat(coloured.out()).contains("\u001B[32msucceeded (dry run)\u001B[0m");
	}

	@Test
	void aStatusIsWatchedUntilItIsInterrupted() {
		CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> cli.run("status", "--watch"));
		Awaitility.await("the status is shown twice")
			.atMost(Duration.ofSeconds(30))
			.until(() -> cli.out().split("LAST RUN", -1).length > 2);
		cli.interrupt();
		assertThat(code.join()).isEqualTo(ExitCode.INTERRUPTED);
		assertThat(cli.out()).contains("No recipe").doesNotContain("null");
	}

	@Test
	void onlyPropertiesStartTheService() {
		assertThat(Cli.isAsked()).isFalse();
		assertThat(Cli.isAsked("--server.port=0", "--ADMIN_PASSWORD=x")).isFalse();
		assertThat(Cli.isAsked("--server.port=0", "status")).isTrue();
		assertThat(Cli.isAsked("--dry-run")).isTrue();
	}

}
