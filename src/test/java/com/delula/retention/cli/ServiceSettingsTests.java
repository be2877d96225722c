package com.delula.retention.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** A command that removes rows goes by the settings of the service, or says so. */
class ServiceSettingsTests {

	private TestDatabase database;

	private CommandLineRunner cli;

	@BeforeEach
	void create() {
		this.database = TestDatabase.create(Installation.EXISTING);
		this.cli = new CommandLineRunner(this.database.properties());
		this.database.rows().generation().failed().age(Duration.ofDays(3)).insert(14);
	}

	@AfterEach
	void drop() {
		this.database.close();
	}

	private void service(String... settings) {
		Service.startWithoutWeb(this.database, settings).close();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "cleanup", "emergency --yes", "run backlog-cleanup", "run backlog-cleanup --emergency --yes" })
	void otherSettingsAreRefused(String command) {
		service("--retention.backlog.undo=7d", "--retention.backlog.keep-per-recipe=5");
		assertThat(this.cli.run(command.split(" "))).isEqualTo(ExitCode.REFUSED);
		assertThat(this.cli.err())
			.contains("The settings of backlog-cleanup given here are not those that the service last started with:"
					+ " keep-newest is 10 per recipe_id here and 5 per recipe_id in the service; undo is off here and"
					+ " 168h in the service. Give the command the same environment and configuration as the service,"
					+ " or add --own-settings. Nothing was deleted.");
		assertThat(this.database.rows().count("generations")).isEqualTo(14);
		assertThat(this.database.rows().count("retention_run")).isZero();
	}

	@Test
	void theyHoldWhereThatIsAsked() {
		service("--retention.backlog.undo=7d", "--retention.backlog.keep-per-recipe=5");
		assertThat(this.cli.run("cleanup", "--dry-run", "--json")).isZero();
		assertThat(this.cli.err()).contains("undo is off here and 168h in the service");
		assertThat(this.cli.run("cleanup", "--json")).isEqualTo(ExitCode.REFUSED);
		JsonNode problem = new JsonMapper().readTree(this.cli.out());
		assertThat(problem.get("status").intValue()).isEqualTo(409);
		assertThat(problem.get("detail").asString()).contains("--own-settings");
		assertThat(this.cli.run("purge")).as(this.cli.err()).isZero();
		assertThat(this.cli.run("cleanup", "--own-settings")).as(this.cli.err()).isZero();
		assertThat(this.cli.err()).doesNotContain("settings");
		assertThat(this.database.rows().count("generations")).isEqualTo(10);
	}

	/** It has the database's function follow the settings that are given here. */
	@Test
	void aScheduleInsideTheDatabaseIsHeldToThemToo() {
		service("--retention.backlog.keep-per-recipe=5");
		String function = "SELECT prosrc FROM pg_proc WHERE proname = 'retention_run_backlog_cleanup'";
		String before = this.database.jdbc().sql(function).query(String.class).single();
		assertThat(this.cli.run("pg-cron", "install")).isEqualTo(ExitCode.REFUSED);
		assertThat(this.cli.err()).contains("keep-newest is 10 per recipe_id here and 5 per recipe_id in the service",
				"--own-settings. Nothing was changed.");
		assertThat(this.database.jdbc().sql(function).query(String.class).single()).isEqualTo(before);
		this.cli.run("pg-cron", "install", "--own-settings");
		assertThat(this.cli.err()).doesNotContain("in the service");
		assertThat(this.database.jdbc().sql(function).query(String.class).single()).isNotEqualTo(before);
	}

	@Test
	void theSameSettingsGoOn() {
		service("--retention.backlog.undo=7d");
		List<String> same = new ArrayList<>(this.database.properties());
		same.add("retention.backlog.undo=7d");
		CommandLineRunner informed = new CommandLineRunner(same);
		assertThat(informed.run("cleanup")).as(informed.err()).isZero();
		assertThat(this.database.rows().count("generations")).isEqualTo(10);
	}

	@Test
	void withoutAServiceThereIsNothingToCompareWith() {
		assertThat(this.cli.run("--retention.backlog.undo=7d", "cleanup", "--expected-rows=0"))
			.isEqualTo(ExitCode.REFUSED);
		assertThat(this.cli.run("cleanup")).as(this.cli.err()).isZero();
		assertThat(this.database.rows().count("generations")).isEqualTo(10);
	}

}
