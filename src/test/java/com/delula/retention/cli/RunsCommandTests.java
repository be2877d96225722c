package com.delula.retention.cli;

import java.time.Duration;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the command line tells of a run: when it starts, while it goes on and after it.
 */
class RunsCommandTests extends CommandTests {

	private static final String RUN = "e809c628-0000-4000-8000-000000000000";

	@BeforeAll
	static void create() {
		begin("retention.backlog.undo=1d");
	}

	@BeforeEach
	void fill() {
		database.rows().generation().failed().recipe(16).age(Duration.ofDays(2)).insert(14);
	}

	private static JsonNode json(String... command) {
		out(command);
		return json();
	}

	/** One that somebody else carries out. */
	private static void underWay() {
		database.jdbc().sql("""
				INSERT INTO retention_run (id, task, mode, trigger, actor, status, dry_run, cutoff, started_at, owner,
					duty_cycle, rows_due, rows_removed)
				VALUES (CAST(:run AS uuid), 'backlog-cleanup', 'emergency', 'api', 'admin', 'running', false,
					now(), now() - interval '1 min', 'other', 1, 2257, 774)
				""").param("run", RUN).update();
	}

	@Test
	void aRunUnderWayTellsItsShareAndTimeLeftFirst() {
		underWay();
		assertThat(out("status")).containsPattern("  34 %, about \\d.* left \\(774 of 2,257 rows\\), run e809c628\n");
		assertThat(out("runs")).containsPattern("running \\(34 %, about \\d.* left\\)");
		assertThat(out("runs", "e809")).containsPattern("kind +emergency\n")
			.containsPattern("status +running: 34 %, about \\d.* left \\(774 of 2,257 rows\\)\n")
			.containsPattern("finished +not yet\n")
			.containsPattern("pace +100% of the time\n")
			.doesNotContain("error");
		assertThat(out("pace", "e809", "25%")).contains(RUN);
		assertThat(out("pause", "e809")).contains(RUN);
		assertThat(out("status")).contains("  34 %, paused (774 of 2,257 rows), run e809c628\n");
		String user = System.getProperty("user.name");
		assertThat(out("runs")).contains("running (34 %, paused)",
				"paced to 25% by " + user + " (cli), paused by " + user + " (cli)\n");
		assertThat(out("runs", "e809")).containsPattern("paced to 25% by +" + user + " \\(cli\\), \\S+:\\d\\dZ\n");
		database.jdbc()
			.sql("UPDATE retention_run SET paused = false, waiting_for = 'its window, 22:00-05:30 UTC'")
			.update();
		assertThat(out("status"))
			.contains("  34 %, waiting for its window, 22:00-05:30 UTC (774 of 2,257 rows), run e809c628\n");
	}

	@Test
	void allOfARunIsTold() {
		assertThat(out("cleanup", "--recipe-id=16", "--expected-rows=9"))
			.containsPattern("can be restored until +\\S+Z\n");
		String run = database.jdbc().sql("SELECT id FROM retention_run").query(String.class).single();
		String start = run.substring(0, 8);
		assertThat(cli.err()).isEqualTo("Run " + start + " has started.\n");
		assertThat(out("runs", start)).startsWith("run ")
			.containsPattern("rule +backlog-cleanup\n")
			.containsPattern("kind +regular\n")
			.containsPattern("options +only recipe id 16\n")
			.containsPattern("expected at most +9\n")
			.containsPattern("started by +" + System.getProperty("user.name") + " \\(cli\\)\n")
			.containsPattern("status +succeeded\n")
			.containsPattern("finished +\\S+:\\d\\dZ\n")
			.containsPattern("due at the start +4\n")
			.containsPattern("failed generations removed +4\n")
			.containsPattern("can be restored until +\\S+:\\d\\dZ\n");
		assertThat(json("runs", start, "--json").get("id").asString()).isEqualTo(run);
		out("restore", run);
		assertThat(cli.err()).containsPattern("^Run [0-9a-f]{8} has started.\n");
		assertThat(cli.out()).doesNotContain("can be restored");
		assertThat(out("runs", start)).containsPattern("restored by .+, 4 rows\n").doesNotContain("can be restored");
		String restore = database.jdbc()
			.sql("SELECT id FROM retention_run WHERE mode = 'restore'")
			.query(String.class)
			.single();
		assertThat(out("runs", restore)).containsPattern("restores +" + run).containsPattern("restored +4\n");
		assertThat(cli.run("runs", start, "--size=3")).isEqualTo(ExitCode.USAGE);
		assertThat(cli.err())
			.contains("--task, --status, --mode, --page and --size list runs. Give either them or RUN.");
		assertThat(cli.run("runs", "99999")).isEqualTo(ExitCode.USAGE);
		assertThat(cli.err()).contains("Unknown run '99999'");
	}

	@Test
	void aRunThatDidNotEndWellTellsWhy() {
		assertThat(cli.run("cleanup", "--expected-rows=1")).isEqualTo(ExitCode.REFUSED);
		String run = database.jdbc().sql("SELECT id FROM retention_run").query(String.class).single();
		assertThat(out("runs", run)).containsPattern("status +refused\n")
			.contains("\nerror: 4 rows are due, more than the 1 expected");
		database.jdbc().sql("UPDATE retention_run SET task = 'gone', removed_by_table = '{\"old\": 3}'").update();
		assertThat(out("runs", run)).containsPattern("rule +gone\n").containsPattern("rows of old removed +3\n");
	}

	@Test
	void aDryRunRemovesNothingAndIsNotHeldBack() {
		out("cleanup", "--dry-run");
		assertThat(cli.err()).isEmpty();
		assertThat(out("runs")).containsPattern("succeeded \\(dry run\\) +- ");
		json("cleanup", "--json");
		assertThat(cli.err()).isEmpty();
	}

	@Test
	void aRuleWithSeveralTablesHasATotal() {
		database.rows().job().completed().age(Duration.ofDays(3)).insert();
		database.rows().job().completed().age(Duration.ofDays(3)).insert();
		assertThat(out("purge", "--dry-run")).containsPattern("jobs would be removed +2\n")
			.containsPattern("rows would be removed in total +2\n");
		assertThat(out("cleanup", "--dry-run")).doesNotContain("in total");
	}

	@Test
	void timesHaveOneFormat() {
		database.rows().clear();
		database.rows().generation().failed().recipe(16).age(Duration.ofHours(2)).insert(11);
		String row = String.valueOf(database.rows().generationIds().get(0));
		assertThat(out("explain", "backlog-cleanup", row))
			.containsPattern("It is due from \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ on\\.");
		assertThat(json("explain", "backlog-cleanup", row, "--json").get("because").asString()).endsWith(" UTC on.");
	}

}
