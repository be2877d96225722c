package com.delula.retention.dashboard;

import java.time.Duration;

import com.delula.retention.support.Pages;
import com.delula.retention.support.Rows;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase.Installation;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the overview says at a glance is true. */
class VerdictTests {

	private final Service service = Service.shared(Installation.EXISTING);

	private final Rows rows = this.service.database().rows();

	private final Pages admin = new Pages(this.service.api().port());

	@BeforeEach
	void empty() {
		this.rows.clear();
		sql("DELETE FROM retention_run");
		this.admin.login("admin", Service.PASSWORD);
	}

	@AfterEach
	void heal() {
		sql("DROP TABLE IF EXISTS page_child");
		sql("DELETE FROM retention_run");
		this.admin.get("/actions/job-purge/regular/preview");
	}

	@Test
	void nothingIsAllRightWhereNothingHasEverWorked() {
		this.rows.job().completed().age(Duration.ofDays(20)).insertIds(30);
		ended("job-purge", "interrupted", 3, 0);
		cascade();
		assertThat(this.admin.get("/actions/job-purge/regular/preview").text())
			.contains("Deleting jobs also deletes rows in page_child", "How to fix");
		String overview = overview("30 rows are due");
		assertThat(overview).doesNotContain("All rules are OK")
			.contains("verdict bad", "Purge needs attention", "Purge: Deleting jobs also deletes rows in page_child",
					"the last run was interrupted, and no run has succeeded yet",
					"Purge is behind: 30 rows are due, the oldest for 18 days", ">never<");
		assertThat(this.admin.get("/actions/backlog-cleanup/regular/preview").text()).doesNotContain("page_child");
	}

	@Test
	void rowsThatBecameDueSinceASuccessAreNoTrouble() {
		this.rows.job().completed().age(Duration.ofDays(20)).insertIds(30);
		ended("job-purge", "succeeded", 1, 25);
		assertThat(overview("30 rows are due")).contains("All rules are OK")
			.doesNotContain("is behind", "Last success");
	}

	@Test
	void manyMoreThanARunRemovesAreABacklog() {
		this.rows.job().completed().age(Duration.ofDays(20)).insertIds(1001);
		ended("job-purge", "succeeded", 1, 25);
		assertThat(overview("1,001 rows are due")).contains("verdict fair", "Purge is behind: 1,001 rows are due");
	}

	@Test
	void aRunThatWasCancelledIsOnlyTroubleWhileItsRowsAreThere() {
		ended("job-purge", "succeeded", 5, 25);
		ended("job-purge", "cancelled", 1, 5);
		assertThat(overview("0 rows are due")).contains("All rules are OK", "Nothing is due.", "Run with another age…",
				"Last success");
		this.rows.job().completed().age(Duration.ofHours(50)).insertIds(1);
		String overview = overview("1 row is due");
		assertThat(overview).contains("Purge: the last run was cancelled").doesNotContain("1 rows", "is behind");
		assertThat(overview).containsPattern("id=\"act-job-purge-regular\"[^>]*>Run…");
	}

	@Test
	void nothingDueOffersNothing() {
		String preview = this.admin.get("/actions/job-purge/regular/preview").text();
		assertThat(preview).contains("Nothing to remove.")
			.doesNotContain("id=\"start\"", "id=\"dry-run\"", "Download these rows");
	}

	@Test
	void aCountFromBeforeARunIsNotShownAfterIt() {
		this.rows.job().completed().age(Duration.ofDays(3)).insertIds(4);
		overview("4 rows are due");
		this.admin.confirm("job-purge/regular", "", "");
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> this.rows.count("jobs") == 0);
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> this.admin.get("/overview/tasks").text().contains("4 rows removed"));
		assertThat(this.admin.get("/overview/tasks").text()).doesNotContain("4 rows are due");
	}

	private void cascade() {
		String type = this.service.jdbc()
			.sql("SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'jobs'::regclass AND attname = 'id'")
			.query(String.class)
			.single();
		sql("CREATE TABLE page_child (id int PRIMARY KEY, job_id " + type
				+ " CONSTRAINT page_child_job REFERENCES jobs(id) ON DELETE CASCADE)");
	}

	private void ended(String task, String status, int hoursAgo, int removed) {
		this.service.jdbc()
			.sql("""
					INSERT INTO retention_run (id, task, mode, trigger, actor, status, dry_run, cutoff, started_at, finished_at,
						rows_due, rows_removed, owner)
					VALUES (gen_random_uuid(), :task, 'regular', 'schedule', 'scheduler', :status, false,
						now() - interval '2 days', now() - make_interval(hours => :hours),
						now() - make_interval(hours => :hours), :removed, :removed, 'a test')
					""")
			.param("task", task)
			.param("status", status)
			.param("hours", hoursAgo)
			.param("removed", removed)
			.update();
	}

	/** Counts are some seconds old. */
	private String overview(String due) {
		Awaitility.await(due).atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(tasks()).contains(due));
		return tasks();
	}

	private String tasks() {
		return this.admin.get("/overview/tasks").text();
	}

	private void sql(String statement) {
		this.service.jdbc().sql(statement).update();
	}

}
