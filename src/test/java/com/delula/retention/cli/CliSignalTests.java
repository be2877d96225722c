package com.delula.retention.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import com.delula.retention.RetentionApplication;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A command that is stopped ends after its batch, and says so by its exit code. */
class CliSignalTests {

	@Test
	void anInterruptedRunIsToldAsSuch() throws Exception {
		try (TestDatabase database = TestDatabase.create(Installation.EXISTING)) {
			CommandLineRunner cli = new CommandLineRunner(database.properties());
			assertThat(cli.run("status")).as(cli.err()).isZero();
			database.rows().generation().failed().age(Duration.ofDays(2)).insert(20_000);
			Path output = Files.createTempFile(Path.of("target"), "cli-", ".log");
			Process process = start(database, output);
			try {
				awaitRemoved(database, process);
				process.destroy();
				assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
				assertThat(process.exitValue()).as(Files.readString(output)).isEqualTo(ExitCode.INTERRUPTED);
			}
			finally {
				process.destroyForcibly();
			}
			assertThat(Files.readString(output)).matches(
					"Run [0-9a-f]{8} has started\\.\\RBacklog cleanup was interrupted: [0-9,]+ of [0-9,]+ rows removed\\. Run [0-9a-f-]{36}\\R");
			assertThat(database.jdbc()
				.sql("SELECT status || ': ' || error FROM retention_run")
				.query(String.class)
				.single())
				.isEqualTo("interrupted: Stopped by " + System.getProperty("user.name") + " at the command line");
		}
	}

	private static Process start(TestDatabase database, Path output) throws Exception {
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", mainClassPath(),
				RetentionApplication.class.getName(), "--retention.run.duty-cycle=0.1",
				"--retention.run.batch.min-rows=1", "--retention.run.batch.max-rows=50", "cleanup");
		builder.environment().put("DATABASE_URL", database.databaseUrl());
		return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
	}

	private static String mainClassPath() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.endsWith("test-classes"))
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static void awaitRemoved(TestDatabase database, Process process) {
		long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
		while (database.rows().count("generations") == 20_000) {
			assertThat(process.isAlive() && System.nanoTime() - deadline < 0).as("the run is in the middle").isTrue();
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
		}
	}

}
