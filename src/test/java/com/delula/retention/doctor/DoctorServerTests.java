package com.delula.retention.doctor;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.delula.retention.installation.Catalog;
import com.delula.retention.run.ForeignSchedule;
import com.delula.retention.run.TaskSchedule;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is spoiled around the tables is found, said in full, and gone once it is mended.
 */
class DoctorServerTests extends SpoiledDatabase {

	@Test
	void findsWhatARoleMayNotDoAndRowsHiddenFromIt() {
		execute("CREATE ROLE doctor_test LOGIN PASSWORD 'doctor_test';"
				+ "CREATE TABLE unread (job text REFERENCES jobs (id))");
		try {
			execute("GRANT SELECT ON users, recipes, generations, jobs, upscale_jobs TO doctor_test;"
					+ "GRANT DELETE ON generations, jobs TO doctor_test; GRANT INSERT ON credit_transactions TO doctor_test;"
					+ "GRANT SELECT, INSERT, UPDATE, DELETE ON " + String.join(", ", Catalog.OWN_TABLES)
					+ " TO doctor_test; ALTER TABLE jobs ENABLE ROW LEVEL SECURITY;"
					+ "ALTER TABLE retention_kept RENAME TO gone");
			List<Finding> findings = new PrivilegeCheck(databaseOf("doctor_test"), this.requirements).run();
			assertThat(findings).extracting(Finding::title)
				.containsExactlyInAnyOrder("The role doctor_test lacks DELETE on upscale_jobs",
						"The role doctor_test lacks USAGE on SEQUENCE public.credit_transactions_id_seq",
						"Row-level security hides rows of jobs from the role doctor_test",
						"The role doctor_test may not read unread, which refers to jobs",
						"Table retention_kept is not visible to the service's role");
			execute("ALTER TABLE gone RENAME TO retention_kept");
			findings.stream()
				.map((finding) -> String.valueOf(finding.remedy()))
				.filter((remedy) -> remedy.startsWith("GRANT"))
				.forEach(SpoiledDatabase::execute);
			execute("ALTER TABLE jobs DISABLE ROW LEVEL SECURITY");
			assertThat(new PrivilegeCheck(databaseOf("doctor_test"), this.requirements).run()).isEmpty();
		}
		finally {
			execute("ALTER TABLE IF EXISTS gone RENAME TO retention_kept;"
					+ "ALTER TABLE jobs DISABLE ROW LEVEL SECURITY");
			execute("DROP TABLE unread; DROP OWNED BY doctor_test; DROP ROLE doctor_test");
		}
	}

	@Test
	void saysWhatItCannotSeeAndGoesOn() {
		execute("CREATE ROLE doctor_test LOGIN PASSWORD 'doctor_test'; CREATE SCHEMA cron CREATE TABLE job (jobid int)");
		try {
			ReadOnlyDatabase database = databaseOf("doctor_test");
			List<Finding> findings = new Doctor(List.of(new ScheduleCheck(database, this.rules, List.of()),
					new VacuumHorizonCheck(database, this.properties), new WritableCheck(database)))
				.examine();
			assertThat(findings).extracting(Finding::id, Finding::severity)
				.containsExactly(Tuple.tuple("two-schedules", Severity.WARNING),
						Tuple.tuple("vacuum-held-back", Severity.INFO), Tuple.tuple("read-only", Severity.OK));
			assertThat(findings.get(0).title()).contains("Check failed to run", "permission denied for schema cron");
		}
		finally {
			execute("DROP SCHEMA cron CASCADE; DROP ROLE doctor_test");
		}
	}

	@Test
	void findsADatabaseThatIsReadOnlyByDefaultWhichDoesNotStopRuns() {
		execute("ALTER DATABASE \"" + DATABASE.name() + "\" SET default_transaction_read_only = on");
		Finding finding = found("read-only").get(0);
		assertThat(finding.severity()).isEqualTo(Severity.INFO);
		assertThat(finding.title()).isEqualTo("default_transaction_read_only is on");
		execute("SET default_transaction_read_only = off; " + finding.remedy());
	}

	@Test
	void findsAutovacuumOffAndFarBehind() {
		execute("ALTER TABLE generations SET (autovacuum_enabled = off); ALTER TABLE jobs SET "
				+ "(autovacuum_enabled = off, autovacuum_vacuum_scale_factor = 0.001)");
		fill();
		execute("DELETE FROM jobs; " + FLUSH);
		assertThat(found("autovacuum")).extracting(Finding::title)
			.satisfiesExactlyInAnyOrder(
					(title) -> assertThat(title).isEqualTo("Autovacuum is turned off for generations"),
					(title) -> assertThat(title).isEqualTo("Autovacuum is turned off for jobs"),
					(title) -> assertThat(title).startsWith("Autovacuum is far behind on jobs: 20,000 dead rows"));
		execute("ALTER TABLE generations RESET (autovacuum_enabled)");
		execute("ALTER TABLE jobs RESET (autovacuum_enabled, autovacuum_vacuum_scale_factor)");
		empty();
	}

	@Test
	void findsATransactionAndAPreparedOneAndASlotThatHoldVacuumBack() throws SQLException {
		DoctorProperties impatient = new DoctorProperties(Duration.ZERO, Duration.ofMinutes(1), Duration.ofSeconds(10),
				0, 0);
		VacuumHorizonCheck check = new VacuumHorizonCheck(new ReadOnlyDatabase(this.jdbc, this.transactionManager),
				impatient);
		execute("SELECT pg_create_physical_replication_slot('doctor_slot', true)");
		try (Connection open = DATABASE.dataSource().getConnection(); Statement statement = open.createStatement()) {
			open.setAutoCommit(false);
			statement.execute("SET application_name = 'forgotten'; INSERT INTO users (id) VALUES ('x')");
			execute("BEGIN; DELETE FROM upscale_jobs; PREPARE TRANSACTION 'it''s old'");
			List<Finding> findings = check.run();
			assertThat(findings).extracting(Finding::title)
				.anyMatch((title) -> title.startsWith("A transaction of postgres (forgotten, idle in transaction)"))
				.anyMatch((title) -> title.startsWith("The prepared transaction 'it's old'"))
				.contains("Replication slot doctor_slot is inactive");
			assertThat(findings).extracting(Finding::remedy)
				.contains(
						"ROLLBACK PREPARED 'it''s old';\n-- Or COMMIT PREPARED, if its transaction manager decided so.");
			open.rollback();
		}
		finally {
			execute("ROLLBACK PREPARED 'it''s old'");
			execute("SELECT pg_drop_replication_slot('doctor_slot')");
		}
	}

	@Test
	void findsTheBacklogUserMissing() {
		execute("UPDATE users SET id = 'renamed' WHERE id = 'system_backlog'");
		Finding finding = found("backlog-user").get(0);
		assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
		execute(String.valueOf(finding.remedy()).split(";")[0]);
	}

	/** A table in the form of pg_cron's; the extension itself is not at hand here. */
	@Test
	void findsTwoSchedulesAtOnce() {
		execute("CREATE SCHEMA cron CREATE TABLE job (jobname text, schedule text, command text, database text,"
				+ " active boolean)");
		execute("INSERT INTO cron.job VALUES ('backlog-cleanup-daily', '0 2 * * *',"
				+ " 'SELECT public.backlog_cleanup_failed_generations()', current_database(), true),"
				+ " ('purge', '0 4 * * *', 'SELECT retention_run_job_purge();', current_database(), true),"
				+ " ('other', '* * * * *', 'VACUUM', current_database(), true)");
		assertThat(found("two-schedules")).as("the purge is scheduled only in the database")
			.singleElement()
			.satisfies((finding) -> {
				assertThat(finding.title()).isEqualTo("Backlog cleanup is scheduled twice: in the database (pg_cron job"
						+ " backlog-cleanup-daily, 0 2 * * *) and by the service (every day at 02:00 UTC)");
				assertThat(finding.remedy()).endsWith("retention.backlog.cron=-");
				assertThat(finding.tables()).as("the rule's page has it").containsExactly("generations");
			});
		ForeignSchedule foreign = (task) -> Optional.of(new Daily(task, Instant.EPOCH, Duration.ofDays(1), "daily"));
		assertThat(new ScheduleCheck(new ReadOnlyDatabase(this.jdbc, this.transactionManager), this.rules,
				List.of(foreign))
			.run()).as("the service yields to the job").isEmpty();
		execute("UPDATE cron.job SET active = false");
		assertThat(found("two-schedules")).isEmpty();
		execute("DROP SCHEMA cron CASCADE");
	}

	@Test
	void findsClocksThatDisagree() {
		ReadOnlyDatabase database = new ReadOnlyDatabase(this.jdbc, this.transactionManager);
		Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(30));
		Clock behind = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-5));
		assertThat(new ClockCheck(database, ahead, this.properties).run()).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.WARNING);
			assertThat(finding.title()).matches("The clock of the service is (30|29)[.0-9]* s ahead of the database's");
		});
		assertThat(new ClockCheck(database, behind, this.properties).run()).singleElement()
			.extracting(Finding::severity)
			.isEqualTo(Severity.CRITICAL);
	}

	private record Daily(String task, Instant next, Duration interval, String text) implements TaskSchedule {

	}

}
