package com.delula.retention.cli;

import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The doctor on the command line: what it says and how it exits. */
class DoctorCommandTests {

	/** It is for databases that the service could not work with. */
	@Test
	void looksAtADatabaseAsItIs() {
		try (TestDatabase database = TestDatabase.create(Installation.EXISTING)) {
			CommandLineRunner cli = new CommandLineRunner(database.properties());
			assertThat(cli.run("doctor")).isEqualTo(ExitCode.DONE);
			assertThat(cli.out()).contains("INFO      The service has not been started on this database");
			assertThat(database.jdbc()
				.sql("SELECT count(*) FROM pg_tables WHERE tablename LIKE 'retention%'")
				.query(Long.class)
				.single()).isZero();
			assertThat(cli.run("status")).isZero();
			database.jdbc()
				.sql("ALTER DATABASE " + database.name() + " SET default_transaction_read_only TO on")
				.update();
			assertThat(cli.run("doctor")).as(cli.out()).isEqualTo(ExitCode.DONE);
			assertThat(cli.out()).contains("INFO      default_transaction_read_only is on");
		}
	}

	@Test
	void hasNoComplaintAboutADatabaseThatIsStillEmpty() {
		try (TestDatabase database = TestDatabase.create(Installation.NEW)) {
			CommandLineRunner cli = new CommandLineRunner(database.properties());
			assertThat(cli.run("doctor")).as(cli.out()).isEqualTo(ExitCode.DONE);
			assertThat(cli.out()).contains("INFO      The service has not been started on this database")
				.doesNotContain("CRITICAL");
		}
	}

	@Test
	void exitsWellUnlessSomethingIsCritical() {
		try (TestDatabase database = TestDatabase.create(Installation.EXISTING)) {
			CommandLineRunner cli = new CommandLineRunner(database.properties());
			assertThat(cli.run("status")).isZero();
			assertThat(cli.run("doctor")).isEqualTo(ExitCode.DONE);
			assertThat(cli.out()).contains("WARNING   The index retention_jobs_finished_idx of jobs is missing",
					"            CREATE INDEX CONCURRENTLY retention_jobs_finished_idx ON jobs",
					"OK        The server accepts writes",
					"OK        No notification is undelivered; no webhook is configured (retention.notify.webhooks)");
			database.jdbc().sql("DELETE FROM users WHERE id = 'system_backlog'").update();
			assertThat(cli.run("doctor", "--json")).isEqualTo(ExitCode.FAILED);
			JsonNode report = new JsonMapper().readTree(cli.out());
			assertThat(report.get("worst").asString()).isEqualTo("critical");
			assertThat(report.get("findings").get(0).get("id").asString()).isEqualTo("backlog-user");
			assertThat(cli.run("doctor", "--jsn")).isEqualTo(ExitCode.USAGE);
		}
	}

}
