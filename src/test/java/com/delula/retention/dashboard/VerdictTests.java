package com.delula.retention.dashboard;

import java.time.Duration;
import java.util.List;

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
					"Purge is behind: 30 rows are due, the oldest has been for 18 days", ">never<");
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
	void aNumberThatAPersonGaveSaysNothingOfTheRule() {
		this.rows.job().completed().age(Duration.ofDays(20)).insertIds(30);
		ended("job-purge", "succeeded", 2, 25);
		ended("job-purge", "refused", 1, 0);
		assertThat(overview("30 rows are due")).contains("Purge needs attention", "the last run was refused",
				"class=\"status fair\"");
		sql("UPDATE retention_run SET expected_rows = 3, trigger = 'api', actor = 'ada' WHERE status = 'refused'");
		assertThat(tasks()).contains("All rules are OK", "Refused", "class=\"status idle\"")
			.doesNotContain("is behind", "class=\"status fair\"");
		sql("UPDATE retention_run SET status = 'failed' WHERE status = 'succeeded'");
		assertThat(tasks()).contains("Purge: the last run failed");
	}

	@Test
	void thePauseOfARunIsTold() {
		sql("""
				INSERT INTO retention_run (id, task, mode, trigger, actor, status, dry_run, cutoff, started_at, owner, paused,
					actions)
				VALUES (gen_random_uuid(), 'job-purge', 'regular', 'api', 'ada', 'running', false, now(), now(), 'a test', true,
					jsonb_build_array(jsonb_build_object('action', 'paused', 'actor', 'bob', 'door', 'page', 'details',
						'{}'::jsonb, 'at', to_char((now() - interval '5 minutes') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))))
				""");
		assertThat(tasks()).contains("Purge: a run is paused, by bob 5 min ago", ">Paused<", "5 min ago</time>")
			.doesNotContain(">Running<", "All rules are OK");
	}

	@Test
	void whatWasPutBackIsNotRemoved() {
		ended("job-purge", "succeeded", 2, 100);
		ended("job-purge", "succeeded", 1, -40);
		sql("""
				UPDATE retention_run SET mode = 'restore', options = (SELECT jsonb_build_object('restoreOf', r.id)
					FROM retention_run r WHERE r.rows_removed = 100)
				WHERE rows_removed = -40
				""");
		for (String span : List.of("1d", "7d")) {
			assertThat(this.admin.get("/overview/charts?span=" + span).text()).contains("60 in total");
		}
	}

	@Test
	void theLastRunTellsThatItWasAnEmergency() {
		ended("backlog-cleanup", "succeeded", 2, 25);
		assertThat(tasks()).doesNotContain(">emergency<");
		sql("UPDATE retention_run SET mode = 'emergency'");
		assertThat(tasks()).contains(">emergency<");
	}

	@Test
	void nothingDueOffersNothing() {
		String preview = this.admin.get("/actions/job-purge/regular/preview").text();
		assertThat(preview).contains("Nothing to remove.").doesNotContain("id=\"start\"", "id=\"dry-run\"", "as CSV");
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
