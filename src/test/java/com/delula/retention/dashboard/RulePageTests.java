package com.delula.retention.dashboard;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import com.delula.retention.run.GroupRows;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.Trigger;
import com.delula.retention.run.Verdict;
import com.delula.retention.run.engine.RowReader;
import com.delula.retention.support.Answer;
import com.delula.retention.support.OnEmptyTables;
import com.delula.retention.support.OthersLock;
import com.delula.retention.support.Pages;
import com.delula.retention.support.Service;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The pages of rules, of their groups and of their runs: what they tell, and to whom. */
class RulePageTests extends OnEmptyTables {

	private static final String POLICY = "/api/admin/rules/backlog-cleanup/policies/kept";

	private Pages viewer;

	private Pages admin;

	@BeforeEach
	void users() {
		this.service.bean(Choices.class).forget();
		this.viewer = as("viewer");
		this.admin = as("admin");
	}

	@AfterEach
	void forget() {
		idle();
		this.api.send("DELETE", POLICY, "");
	}

	@Test
	void aRuleTellsWhatItDoesAndWhatIsInForce() {
		String page = this.viewer.get("/rules/backlog-cleanup").text();
		assertThat(page).contains("Removes ", "Settings in force", "the 10 newest rows of each recipe",
				"Not scheduled. It runs when somebody starts it.", "user id is system_backlog", "status is failed",
				"by updated_at, else created_at", "No policies. All rows fall under the rule itself.", "No runs yet")
			.doesNotContain("act-backlog-cleanup", "New policy");
		assertThat(this.viewer.get("/rules/job-purge").text()).contains("<code>upscale_jobs</code>")
			.doesNotContain("rule-policies", "id=\"groups\"");
		assertThat(this.viewer.get("/rules/nonsense").status()).isEqualTo(404);
		assertThat(new Pages(this.api.port()).get("/rules/job-purge").header("Location")).endsWith("/login");
	}

	@Test
	void aRuleShowsItsPoliciesItsGroupsAndItsRuns() {
		failures(16, "timeout", 12);
		this.rows.generation().failed().recipe((Long) null).age(Duration.ofDays(3)).insert(2);
		hold("{\"match\": {\"recipeId\": 16}, \"hold\": true, \"note\": \"<i>mine</i>\"}");
		this.admin.post("/actions/backlog-cleanup/regular", "dryRun=true");
		idle();
		assertThat(this.admin.get("/rules/backlog-cleanup").text())
			.contains("/rules/backlog-cleanup/policies/edit?id=kept", "&lt;i&gt;mine&lt;/i&gt;",
					"/rules/backlog-cleanup/group?key=16", "Cat &lt;b&gt; (16)", "No Recipe", "dry run", "New policy")
			.doesNotContain("<i>mine", "<b> (16)");
	}

	@Test
	void theDoctorsFindingsStandWithTheRule() {
		this.jdbc.sql("CREATE TABLE rule_page_child (id int PRIMARY KEY, job_id text, payload text)").update();
		try {
			this.jdbc.sql("ALTER TABLE rule_page_child ADD FOREIGN KEY (job_id) REFERENCES jobs (id) ON DELETE CASCADE")
				.update();
			String cascade = "Deleting jobs also deletes rows in rule_page_child";
			assertThat(this.viewer.get("/rules/job-purge/findings", "HX-Request", "true").text()).contains(cascade)
				.doesNotContain("<html");
			assertThat(this.viewer.get("/rules/job-purge/findings").text()).contains(cascade, "<html");
			assertThat(this.viewer.get("/rules/backlog-cleanup/findings").text()).doesNotContain(cascade);
		}
		finally {
			this.jdbc.sql("DROP TABLE rule_page_child").update();
		}
	}

	@Test
	void aGroupTellsWhatBecomesOfItsRows() {
		failures(16, "timeout", 9);
		failures(16, null, 4);
		this.rows.generation().failed().recipe(16).age(Duration.ofHours(3)).insert(2);
		this.rows.generation().completed().recipe(16).age(Duration.ofDays(9)).insert(1);
		failures(17, "other", 1);
		String page = this.viewer.get("/rules/backlog-cleanup/group?key=16").text();
		assertThat(page)
			.contains("Recipe Cat &lt;b&gt; (16)", ">15</strong>", ">5</strong>", "kept (newest)",
					"number 1 of the 10 that stay", "<th scope=\"row\">timeout</th><td class=\"number\">9</td>",
					"<th scope=\"row\">none</th><td class=\"number\">6</td>")
			.doesNotContain("other", "Run…", "<b> (16)");
		String buttons = this.admin.get("/rules/backlog-cleanup/group?key=16").text();
		assertThat(buttons).contains("/actions/backlog-cleanup/regular?recipeId=16",
				"/actions/backlog-cleanup/emergency?recipeId=16", "/policies/edit?recipeId=16");
		assertThat(this.admin.get("/rules/backlog-cleanup/policies/edit?recipeId=16").text())
			.contains("value=\"16\" selected=\"selected\"");
	}

	/** What is counted in one statement is what each row by itself is told. */
	@Test
	void aGroupIsCountedAsItsRowsAreExplained() {
		failures(16, "timeout", 4);
		failures(16, "other", 5);
		this.rows.generation().failed().recipe(16).failureReason("held").age(Duration.ofDays(4)).insert(2);
		this.rows.generation().failed().recipe(16).failureReason("timeout").age(Duration.ofHours(2)).insert(3);
		this.rows.generation().failed().recipe(16).failureReason("timeout").withoutTimes().insert(1);
		this.rows.generation().failed().recipe((Long) null).age(Duration.ofDays(3)).insert(11);
		hold("{\"match\": {\"failureReason\": \"held\"}, \"hold\": true}");
		String other = POLICY.replace("kept", "few");
		this.api.with("Content-Type", "application/json")
			.send("PUT", other, "{\"match\": {\"failureReason\": \"timeout\"}, \"keepNewest\": 2, \"maxAgeHours\": 48}")
			.ok();
		try {
			GroupRows group = look("16");
			assertThat(group.fates()).containsEntry(Verdict.HELD, 2L).hasSize(4).isEqualTo(fates(group));
			assertThat(group.rows()).isEqualTo(15);
			GroupRows without = look(null);
			assertThat(without.fates()).isEqualTo(Map.of(Verdict.DUE, 1L, Verdict.KEPT_NEWEST, 10L))
				.isEqualTo(fates(without));
		}
		finally {
			this.api.send("DELETE", other, "");
		}
	}

	private GroupRows look(String key) {
		RunRequest request = new RunRequest("backlog-cleanup", Mode.REGULAR, Trigger.PAGE, "x", true, Map.of());
		return this.service.bean(RowReader.class)
			.look(request, Duration.ofSeconds(5), (found) -> found.group(key, "failure_reason", 10));
	}

	private static Map<Verdict, Long> fates(GroupRows group) {
		Map<Verdict, Long> fates = new HashMap<>();
		Stream.of(group.newest(), group.oldest())
			.flatMap(List::stream)
			.forEach((row) -> fates.merge(row.verdict().verdict(), 1L, Long::sum));
		return fates;
	}

	@ParameterizedTest
	@CsvSource({ "backlog-cleanup/group?key=x", "backlog-cleanup/group?key=1%20OR%201%3D1", "job-purge/group?key=1",
			"nonsense/group?key=1" })
	void whatIsNoGroupIsNotFound(String path) {
		assertThat(this.viewer.get("/rules/" + path).status()).isEqualTo(404);
	}

	@Test
	void aMistypedGroupIsNotTheRowsWithoutOne() {
		assertThat(this.viewer.get("/rules/backlog-cleanup/group?recipeId=16").status()).isEqualTo(400);
	}

	@Test
	void aGroupWithoutRowsOffersNothing() {
		assertThat(this.admin.get("/rules/backlog-cleanup/group?key=").text()).contains("No Recipe", "No failures")
			.doesNotContain("Run…", "Emergency…");
		assertThat(this.admin.get("/rules/backlog-cleanup/group?key=4711").text()).contains("No failures that")
			.doesNotContain("Run…", "Emergency…");
	}

	@Test
	void aRunTellsItsOptionsItsGroupsAndItsLedgerRow() {
		failures(16, "timeout", 12);
		String id = this.admin.confirm("backlog-cleanup/regular", "recipeId=16&failureReason=timeout", "")
			.header("Location")
			.replaceAll(".*/", "");
		idle();
		assertThat(this.admin.get("/runs/" + id).text()).contains("only recipe Cat &lt;b&gt; (16)",
				"only failure reason timeout", "In the ledger (<code>credit_transactions</code>)", "2 rows removed",
				"amount 2, type backlog_cleanup, account system_backlog", "/rules/backlog-cleanup/group?key=16",
				"id=\"run-again\"", "recipeId=16", "failureReason=timeout");
		assertThat(this.viewer.get("/runs/" + id).text()).doesNotContain("run-again");
		assertThat(this.admin.get("/runs/" + id).text()).contains(this.jdbc
			.sql("SELECT description FROM credit_transactions WHERE metadata ->> 'runId' = :id AND amount = 2")
			.param("id", id)
			.query(String.class)
			.single());
	}

	@Test
	void aRunThatWasAskedToEndSaysSoAtOnceAndNoOtherIsOffered() {
		this.rows.job().completed().age(Duration.ofDays(3)).insertIds(2);
		UUID id = UUID.randomUUID();
		this.jdbc
			.sql("""
					INSERT INTO retention_run (id, task, mode, trigger, actor, status, dry_run, options, cutoff, started_at,
						owner, actions)
					VALUES (:id, 'job-purge', 'regular', 'api', 'x', 'running', false, '{"hours": "0"}', now(), now(), 'nobody',
						'[{"action": "cancelled", "actor": "x", "door": "page", "at": "2026-01-01T00:00:00Z", "details": {}}]')
					""")
			.param("id", id)
			.update();
		OthersLock.hold(this.jdbc, "job-purge");
		try {
			assertThat(this.admin.get("/runs/" + id).text()).contains("Cancelling…", "rows of any age")
				.doesNotContain("Cancel this run", "id=\"pause-", "run-again");
			assertThat(this.admin.get("/actions/job-purge/regular/preview").text())
				.contains("2</strong>", "A run of this rule is in progress", "Watch the run")
				.doesNotContain("id=\"start\"", "id=\"dry-run\"");
			assertThat(this.admin.get("/overview/tasks").text()).contains("id=\"watch-job-purge\"")
				.doesNotContain("id=\"act-job-purge-regular\"");
			assertThat(this.admin.get("/rules/job-purge").text()).contains("id=\"watch-job-purge\"");
		}
		finally {
			this.jdbc.sql("DELETE FROM retention_run WHERE id = :id").param("id", id).update();
			OthersLock.release(this.jdbc, "job-purge");
		}
	}

	private void hold(String policy) {
		this.api.with("Content-Type", "application/json").send("PUT", POLICY, policy).ok();
	}

	private void failures(long recipe, String reason, int rows) {
		if (this.rows.count("recipes") == 0) {
			this.rows.recipe().id(16).name("Cat <b>").insert();
		}
		this.rows.generation().failed().recipe(recipe).failureReason(reason).age(Duration.ofDays(3)).insert(rows);
	}

	private Pages as(String user) {
		Pages pages = new Pages(this.api.port());
		Answer answer = pages.login(user, Service.PASSWORD);
		assertThat(answer.status()).isEqualTo(302);
		return pages;
	}

	private void idle() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> this.jdbc.sql("SELECT count(*) FROM retention_run WHERE status = 'running'")
				.query(Long.class)
				.single() == 0);
	}

}
