package com.delula.retention.cli;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Help and wrong usage of a rule's commands need no database. */
class RuleUsageTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"run|Missing rule. Valid rules: backlog-cleanup, job-purge, expired-sessions. Nothing was deleted.",
			"run nosuch|Unknown rule 'nosuch'. Valid rules: backlog-cleanup, job-purge, expired-sessions. Rules of your own come from the service's configuration; give the command the same, such as SPRING_CONFIG_ADDITIONAL_LOCATION. Nothing was",
			"run expired-sessions --userid=1|Unknown option '--userid'. Valid options: --hours, --user-id, --dry-run, -",
			"run expired-sessions --user-id=|Invalid --user-id=: must be a value of user_id. Nothing was deleted.",
			"run expired-sessions --hours=1.5|Invalid --hours=1.5: must be a whole number from 0 to 87600. Nothing was",
			"run job-purge --emergency|Unknown option '--emergency'. Valid options: --hours, --dry-run, --expected-rows, --own-settings, --json.",
			"bogus|Unknown command 'bogus'. Valid commands: cancel, cleanup, completion, doctor, emergency, explain, notify, pace, pause" })
	void wrongUsageNeedsNoDatabase(String command, String text) {
		CommandLineRunner bare = new CommandLineRunner(List.of(ExpiredSessions.SETTING));
		assertThat(bare.run(command.split(" "))).as(bare.err()).isEqualTo(ExitCode.USAGE);
		assertThat(bare.err()).contains(text);
	}

	@Test
	void helpListsTheRulesAndTheirCommands() {
		CommandLineRunner bare = new CommandLineRunner(List.of(ExpiredSessions.SETTING));
		assertThat(bare.run("help")).isZero();
		assertThat(bare.out()).contains("  cleanup ", "  purge ", "  run ", "  rules ", "4 refused", "130 interrupted")
			.containsPattern("backlog-cleanup,\\s+job-purge,\\s+expired-sessions");
		assertThat(bare.run("help", "run")).isZero();
		assertThat(bare.out()).contains("run [-hV] RULE", "expired-sessions ", "Removes expired sessions");
		assertThat(bare.run("run", "expired-sessions", "--help")).isZero();
		assertThat(bare.out()).contains("--user-id=VALUE", "--hours=N", "--emergency", "--dry-run");
		assertThat(bare.run("completion")).isZero();
		assertThat(bare.out()).contains("--user-id");
	}

	@Test
	void aRuleFromTheSettingsHasItsCommand() {
		CommandLineRunner bare = new CommandLineRunner(List.of("retention.rules.old-tokens.tables[0].table=tokens",
				"retention.rules.old-tokens.tables[0].time=created_at", "retention.rules.old-tokens.max-age=30d"));
		assertThat(bare.run("run", "old-tokens", "--bogus")).as(bare.err()).isEqualTo(ExitCode.USAGE);
		assertThat(bare.err()).contains(
				"Unknown option '--bogus'. Valid options: --hours, --dry-run, --expected-rows, --own-settings, --json.");
	}

	/** Help tells what it can, and why there is no more. */
	@Test
	void helpComesInSpiteOfAWrongSetting() {
		CommandLineRunner wrong = new CommandLineRunner(List.of("retention.backlog.max-age=soon"));
		assertThat(wrong.run("help")).isZero();
		assertThat(wrong.out()).contains("doctor");
		assertThat(wrong.run("cleanup")).isEqualTo(ExitCode.FAILED);
	}

}
