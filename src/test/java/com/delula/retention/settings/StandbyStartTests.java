package com.delula.retention.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import com.delula.retention.support.Service;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A standby answers, and is not said to be away. */
@ExtendWith(OutputCaptureExtension.class)
class StandbyStartTests {

	@TempDir
	private Path directory;

	private EmbeddedPostgres server() throws Exception {
		return EmbeddedPostgres.builder()
			.setDataDirectory(this.directory)
			.setCleanDataDirectory(false)
			.setPGStartupWait(Duration.ofMinutes(1))
			.start();
	}

	@Test
	void aStandbyIsNamedInOneLine(CapturedOutput output) throws Exception {
		server().close();
		Files.createFile(this.directory.resolve("standby.signal"));
		try (EmbeddedPostgres standby = server()) {
			assertThatThrownBy(() -> Service.run("--server.port=0", "--spring.datasource.username=postgres",
					"--spring.datasource.url=" + standby.getJdbcUrl("postgres", "postgres")))
				.isNotNull();
			assertThat(output.getAll().lines().filter((line) -> line.contains("ERROR"))).singleElement()
				.asString()
				.contains("read-only", "standby")
				.doesNotContain("cannot be reached");
		}
	}

}
