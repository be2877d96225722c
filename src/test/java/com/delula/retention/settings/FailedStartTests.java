package com.delula.retention.settings;

import java.util.ArrayList;
import java.util.List;

import com.delula.retention.support.Service;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A start that cannot go well leaves one line that names the setting. */
@ExtendWith(OutputCaptureExtension.class)
class FailedStartTests {

	private static final String NOWHERE = "--DATABASE_URL=postgres://me:secret@localhost:1/app";

	private static String failToStart(CapturedOutput output, String... arguments) {
		List<String> all = new ArrayList<>(List.of("--server.port=0"));
		all.addAll(List.of(arguments));
		return fail(output, () -> Service.run(all.toArray(String[]::new)));
	}

	private static String fail(CapturedOutput output, ThrowingCallable start) {
		int before = output.getAll().length();
		assertThatThrownBy(start).isNotNull();
		String said = output.getAll().substring(before);
		List<String> errors = said.lines().filter((line) -> line.contains("ERROR")).toList();
		assertThat(errors).as(said).hasSize(1);
		assertThat(said).doesNotContain("\tat ").doesNotContain("Caused by").doesNotContain("secret");
		// Threads of other services of this JVM may log while a start sets up the
		// logging.
		assertThat(said.lines().filter((line) -> line.contains("WARN") && !line.contains("No appenders present")))
			.isEmpty();
		return errors.get(0);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "server.port=banana|server.port|banana",
					"retention.backlog.max-age=-1h|retention.backlog.max-age|-1",
					"retention.security.tokens[0].sha256=x|retention.security.tokens|name",
					"retention.security.users[0].name=a|retention.security.users|{bcrypt}",
					"retention.security.allowed-origins=example.org|retention.security.allowed-origins|example.org" })
	void nonsense(String argument, String named, String said, CapturedOutput output) {
		assertThat(failToStart(output, NOWHERE, "--" + argument)).contains(named, said);
	}

	/** Much faster: these settings are not the web's. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "CLEANUP_AGE_HOURS=abc|CLEANUP_AGE_HOURS|abc",
			"retention.backlog.max-age=soon|retention.backlog.max-age|soon",
			"CLEANUP_SCHEDULE=every day|retention.backlog.cron|every day",
			"CLEANUP_SCHEDULE=0 2 31 2 *|retention.backlog.cron|0 2 31 2 *",
			"PURGE_SCHEDULE=* * *|retention.purge.cron|* * *",
			"retention.backlog.keep-per-recipe=-1|retention.backlog.keep-per-recipe|-1",
			"retention.backlog.keep-per-recipe=ten|retention.backlog.keep-per-recipe|ten",
			"retention.run.duty-cycle=0|retention.run.duty-cycle|0",
			"retention.notify.due-rows=-1|retention.notify.due-rows|-1",
			"retention.notify.webhooks[0].url=ftp://a.example/secret|retention.notify.webhooks[0].url|ftp://a.example/…",
			"retention.notify.timeout=2h|retention.notify.timeout|2h" })
	void nonsenseInside(String argument, String named, String said, CapturedOutput output) {
		assertThat(fail(output, () -> Service.runWithoutWeb(NOWHERE, "--" + argument))).contains(named, said);
	}

	@Test
	void noDatabaseIsNamed(CapturedOutput output) {
		assertThat(failToStart(output)).contains("DATABASE_URL");
	}

	@Test
	void aBadAddressOfTheDatabase(CapturedOutput output) {
		assertThat(failToStart(output, "--DATABASE_URL=mysql://me:secret@db/app")).contains("DATABASE_URL");
	}

	@Test
	void theDatabaseDoesNotAnswer(CapturedOutput output) {
		assertThat(failToStart(output, NOWHERE, "--spring.datasource.hikari.connection-timeout=300"))
			.contains("localhost:1");
	}

}
