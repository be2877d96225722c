package com.delula.retention.doctor;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is spoiled in the tables is found, said in full, and gone once it is mended. */
@Tag("core")
class DoctorTests extends SpoiledDatabase {

	@Test
	void findsAHealthyDatabaseInOrder() {
		assertThat(this.doctor.examine()).extracting(Finding::id)
			.containsExactlyInAnyOrder("read-only", "backlog-user", "privilege", "cascade", "undo", "trigger",
					"rule-index", "plan", "foreign-key-index", "autovacuum", "vacuum-held-back", "replica-lag",
					"two-schedules", "clock-drift", "notification");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					CREATE TABLE likes (generation_id integer REFERENCES generations (id))                          | \
					CREATE INDEX likes_idx ON likes (generation_id)                                                 | DROP TABLE likes
					CREATE SCHEMA other CREATE TABLE "A b" (job text REFERENCES jobs (id))                          | \
					CREATE INDEX x ON other."A b" (job) WHERE job IS NOT NULL                                       | DROP SCHEMA other CASCADE
					CREATE TABLE likes (n int, job text REFERENCES jobs (id)); CREATE INDEX x ON likes (n, job)     | \
					CREATE INDEX y ON likes (job, n)                                                                | DROP TABLE likes
					CREATE TABLE likes (n int, job text REFERENCES jobs); CREATE INDEX x ON likes (job) WHERE n > 1 | \
					CREATE INDEX y ON likes USING hash (job)                                                        | DROP TABLE likes
					""")
	void findsAForeignKeyWithoutIndex(String spoil, String mend, String clean) {
		execute(spoil);
		assertThat(found("foreign-key-index")).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.WARNING);
			assertThat(finding.remedy()).startsWith("CREATE INDEX CONCURRENTLY ON ");
		});
		execute(mend);
		assertThat(found("foreign-key-index")).isEmpty();
		execute(clean);
	}

	@Test
	void findsAMissingIndexAndMendsItByTheStatementItNames() {
		execute("DROP INDEX retention_generations_time_idx");
		Finding finding = found("rule-index").get(0);
		assertThat(finding.title()).contains("retention_generations_time_idx", "is missing");
		execute(String.valueOf(finding.remedy()));
	}

	@Test
	void findsAnInvalidIndexAndMendsItByTheStatementsItNames() {
		execute("UPDATE pg_index SET indisvalid = false "
				+ "WHERE indexrelid = 'retention_jobs_finished_idx'::regclass");
		Finding finding = found("rule-index").get(0);
		assertThat(finding.title()).contains("retention_jobs_finished_idx", "is invalid");
		for (String statement : String.valueOf(finding.remedy()).split(";")) {
			execute(statement);
		}
	}

	@Test
	void findsEachStatementWhosePlanPassesItsIndexBy() {
		fill();
		assertThat(found("plan")).isEmpty();
		execute("ALTER INDEX retention_generations_time_idx RENAME TO other");
		assertThat(found("plan")).singleElement().satisfies((finding) -> {
			assertThat(finding.title())
				.isEqualTo("On generations, 5 statements do not use retention_generations_time_idx");
			assertThat(finding.meaning()).contains("the first place of a run", "the last place of a run",
					"the ends of batches", "the removal of a batch", "the removal of an emergency's batch");
		});
		execute("INSERT INTO retention_policy VALUES ('backlog-cleanup', 'x', '{\"recipe_id\": \"1\"}', 1, 0, false, NULL,"
				+ " now(), 'x')");
		assertThat(found("plan")).singleElement()
			.satisfies((finding) -> assertThat(finding.meaning()).contains("the removal of a batch under policies"));
		execute("ALTER INDEX other RENAME TO retention_generations_time_idx");
		assertThat(found("plan")).isEmpty();
		execute("DELETE FROM retention_policy");
		execute("DROP INDEX retention_jobs_finished_idx");
		assertThat(found("plan")).extracting(Finding::title)
			.containsExactly("On jobs, 4 statements do not use retention_jobs_finished_idx");
		execute(String.valueOf(found("rule-index").get(0).remedy()));
		empty();
	}

	@Test
	void reportsCascadesAndMendsThemByTheStatementItNames() {
		execute("CREATE TABLE albums (cover integer PRIMARY KEY REFERENCES generations ON DELETE CASCADE);"
				+ "CREATE TABLE pages (album integer REFERENCES albums ON DELETE CASCADE);"
				+ "CREATE TABLE prints (job text REFERENCES jobs (id) ON UPDATE CASCADE ON DELETE SET NULL);"
				+ "CREATE INDEX ON pages (album); CREATE INDEX ON prints (job);"
				+ "ALTER TABLE upscale_jobs DROP CONSTRAINT upscale_jobs_source_job_id_fkey, ADD CONSTRAINT "
				+ "upscale_jobs_source_job_id_fkey FOREIGN KEY (source_job_id) REFERENCES jobs (id) ON DELETE CASCADE");
		List<Finding> findings = found("cascade");
		assertThat(findings).filteredOn((finding) -> finding.severity() == Severity.CRITICAL)
			.extracting(Finding::title)
			.containsExactlyInAnyOrder(
					"Deleting generations also deletes rows in albums (albums_cover_fkey, ON DELETE CASCADE)",
					"Deleting albums also deletes rows in pages (pages_album_fkey, ON DELETE CASCADE)");
		assertThat(findings).filteredOn((finding) -> finding.severity() == Severity.WARNING)
			.extracting(Finding::title)
			.containsExactlyInAnyOrder("Deleting jobs also changes rows in prints (prints_job_fkey)",
					"Deleting jobs can also delete rows in upscale_jobs (upscale_jobs_source_job_id_fkey, ON DELETE CASCADE)");
		findings.forEach((finding) -> execute(String.valueOf(finding.remedy())));
		assertThat(found("cascade")).isEmpty();
		execute("DROP TABLE pages, albums, prints");
	}

	@Test
	void findsTriggersAndRulesThatARemovalSetsOff() {
		execute("CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END';"
				+ "CREATE TRIGGER audit_removed BEFORE DELETE OR UPDATE ON generations FOR EACH ROW EXECUTE FUNCTION audit();"
				+ "CREATE TRIGGER touched BEFORE UPDATE ON generations FOR EACH ROW EXECUTE FUNCTION audit();"
				+ "CREATE RULE keep AS ON DELETE TO upscale_jobs DO ALSO NOTHING");
		assertThat(found("trigger")).extracting(Finding::title)
			.containsExactly("Each row removed from generations fires audit_removed (audit)",
					"Each row removed from upscale_jobs fires keep (a rewrite rule)");
		execute("DROP FUNCTION audit() CASCADE; DROP RULE keep ON upscale_jobs");
	}

}
