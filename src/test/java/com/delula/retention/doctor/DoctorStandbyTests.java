package com.delula.retention.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/** A real standby: a server that was stopped and began again in recovery. */
class DoctorStandbyTests {

	@TempDir
	private Path directory;

	@Test
	void findsAServerThatIsAStandby() throws Exception {
		assertThat(run()).isEmpty();
		Files.createFile(this.directory.resolve("standby.signal"));
		assertThat(run()).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
			assertThat(finding.title()).isEqualTo("The server is a standby");
		});
	}

	private List<Finding> run() throws Exception {
		try (EmbeddedPostgres server = EmbeddedPostgres.builder()
			.setDataDirectory(this.directory)
			.setCleanDataDirectory(false)
			.setPGStartupWait(Duration.ofMinutes(1))
			.start()) {
			ReadOnlyDatabase database = new ReadOnlyDatabase(JdbcClient.create(server.getPostgresDatabase()),
					new JdbcTransactionManager(server.getPostgresDatabase()));
			DoctorProperties properties = new DoctorProperties(Duration.ofMinutes(15), Duration.ofMinutes(1),
					Duration.ofSeconds(10), 10_000, 10_000);
			assertThat(new ReplicaCheck(database, properties).run()).isEmpty();
			return new WritableCheck(database).run();
		}
	}

}
