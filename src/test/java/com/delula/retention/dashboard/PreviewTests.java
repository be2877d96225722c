package com.delula.retention.dashboard;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import com.delula.retention.run.RunProperties;
import com.delula.retention.support.Answer;
import com.delula.retention.support.OnEmptyTables;
import com.delula.retention.support.Pages;
import com.delula.retention.support.Service;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a preview tells of the rows that would go, and what a form offers to choose. */
class PreviewTests extends OnEmptyTables {

	private static final String ACTION = "/actions/backlog-cleanup/regular";

	private Pages operator;

	@BeforeEach
	void failures() {
		this.service.bean(Choices.class).forget();
		this.operator = new Pages(this.api.port());
		this.operator.login("operator", Service.PASSWORD);
		this.rows.recipe().id(16).name("Cat \"<b>\"").insert();
		this.rows.generation().failed().recipe(16).failureReason("=1+1").age(Duration.ofDays(5)).insert(2);
		this.rows.generation().failed().recipe(16).failureReason("a, \"b\"").age(Duration.ofDays(4)).insert(1);
		this.rows.generation().failed().recipe(16).age(Duration.ofDays(3)).insert(10);
		this.rows.generation().failed().recipe(17).failureReason("<i>").age(Duration.ofDays(6)).insert(11);
	}

	@Test
	void itShowsRowsAndReasons() {
		String rows = this.operator.get(ACTION + "/preview/rows", "HX-Request", "true").text();
		assertThat(rows)
			.contains("<th scope=\"row\">=1+1</th><td class=\"number\" data-label=\"Due\">2</td>",
					"<th scope=\"row\">&lt;i&gt;</th><td class=\"number\" data-label=\"Due\">1</td>",
					"/rows?of=backlog-cleanup:generations&amp;key=")
			.doesNotContain("<html", "<i>");
		assertThat(this.operator.get(ACTION + "/preview/rows?recipeId=16", "HX-Request", "true").text())
			.contains("=1+1")
			.doesNotContain("&lt;i&gt;");
	}

	@Test
	void withoutAScriptItIsAWholePage() {
		String page = this.operator.get(ACTION + "/preview?recipeId=16").text();
		assertThat(page).contains("<html", "Remove 3 rows", "=1+1",
				"/actions/backlog-cleanup/regular/rows.csv?recipeId=16", "/rules/backlog-cleanup/group?key=16");
		assertThat(this.operator.get(ACTION + "/preview?recipeId=16", "HX-Request", "true").text())
			.contains("Remove 3 rows", "preview/rows?recipeId=16", "Download all 3 rows as CSV",
					">Candidates (whole rule)<", ">Candidates (whole recipe)<")
			.doesNotContain("<html");
		assertThat(this.operator.get(ACTION + "/preview", "HX-Request", "true").text()).contains(">Candidates<")
			.doesNotContain("whole r");
		assertThat(this.operator.get(ACTION).text()).contains("<noscript>", ACTION + "/preview\"");
	}

	@Test
	void itIsDownloaded() {
		Answer answer = this.operator.get(ACTION + "/rows.csv?recipeId=16");
		assertThat(answer.header("Content-Type")).startsWith("text/csv");
		assertThat(answer.header("Content-Disposition")).isEqualTo("attachment; filename=\"due-backlog-cleanup.csv\"");
		List<String> lines = answer.text().lines().toList();
		assertThat(lines.get(0)).isEqualTo("table,key,time,recipe_id,failure_reason");
		assertThat(lines).hasSize(4);
		assertThat(lines.get(1)).startsWith("generations,").endsWith("Z,16,'=1+1");
		assertThat(lines.get(3)).endsWith(",16,\"a, \"\"b\"\"\"");
		assertThat(this.operator.get(ACTION + "/rows.csv?recipeId=x").status()).isEqualTo(400);
		assertThat(this.operator.get("/actions/job-purge/regular/rows.csv").text()).isEqualTo("table,key,time\r\n");
		assertThat(this.operator.get("/actions/backlog-cleanup/emergency/rows.csv").status()).isEqualTo(403);
		Pages viewer = new Pages(this.api.port());
		viewer.login("viewer", Service.PASSWORD);
		assertThat(viewer.get(ACTION + "/rows.csv").status()).isEqualTo(403);
	}

	@Test
	void anEmergencyListsWhatItWouldRemove() {
		Pages admin = new Pages(this.api.port());
		admin.login("admin", Service.PASSWORD);
		assertThat(admin.get("/actions/backlog-cleanup/emergency/rows.csv").text().lines()).hasSize(25);
	}

	/** It may be mistyped, or yet to come. */
	@Test
	void aValueThatNoRowHasIsTold() {
		Pages admin = new Pages(this.api.port());
		admin.login("admin", Service.PASSWORD);
		String policy = "/rules/backlog-cleanup/policies/preview?id=cats&keepNewest=0&failureReason=";
		for (String address : List.of(policy, ACTION + "/preview?failureReason=")) {
			assertThat(admin.get(address + "%3Cb%3E").text())
				.contains("No row that this rule covers has the failure reason &lt;b&gt; at present.");
			assertThat(admin.get(address + "%3Ci%3E").text()).doesNotContain("No row has");
		}
	}

	@Test
	void wherePastRunsTellItSaysHowLongItTakes() {
		assertThat(this.operator.get(ACTION + "/preview").text()).doesNotContain("at the pace of the last runs");
		this.jdbc.sql("""
				INSERT INTO retention_run (id, task, mode, trigger, actor, status, dry_run, options, cutoff, started_at,
					finished_at, rows_removed, owner)
				VALUES (gen_random_uuid(), 'backlog-cleanup', 'regular', 'api', 'x', 'succeeded', false, '{}', now(),
					now() - interval '2 min', now() - interval '1 min', 4, 'nobody')
				""").update();
		assertThat(this.operator.get(ACTION + "/preview").text())
			.contains("The run takes about 60 s at the pace of the last runs.");
		double now = this.service.bean(RunProperties.class).dutyCycle();
		this.jdbc.sql("UPDATE retention_run SET duty_cycle = :then").param("then", now / 4).update();
		assertThat(this.operator.get(ACTION + "/preview").text()).contains("The run takes about 15 s at the pace");
		this.jdbc.sql("""
				UPDATE retention_run SET actions = '[{"action": "paced", "actor": "x", "door": "api",
					"at": "2026-11-27T00:00:00Z", "details": {}}]'
				""").update();
		assertThat(this.operator.get(ACTION + "/preview").text()).contains("The run takes about 60 s at the pace");
	}

	@Test
	void nothingDueIsNotOffered() {
		assertThat(this.operator.get("/actions/job-purge/regular/preview").text()).contains("Nothing to remove.")
			.doesNotContain("id=\"dry-run\"", "id=\"start\"", "rows.csv");
	}

	@Test
	void valuesAreChosenFromAList() {
		String form = this.operator.get(ACTION + "?recipeId=16").text();
		assertThat(form)
			.contains("<option value=\"16\" selected=\"selected\">Cat &quot;&lt;b&gt;&quot; (16): 13 rows</option>",
					"<option value=\"=1+1\">=1+1: 2 rows</option>", ">Unknown Recipe (17): 11 rows<")
			.doesNotContain("<b>", "<i>");
		Pages admin = new Pages(this.api.port());
		admin.login("admin", Service.PASSWORD);
		assertThat(admin.get("/rules/backlog-cleanup/policies/edit").text()).contains("<select id=\"recipeId\"",
				"<option value=\"=1+1\">=1+1: 2 rows</option>", "Only rows without failure reason (");
	}

	@Test
	void aListOfManyHoldsTheValueThatIsGivenToo() {
		IntStream.range(100, 130).forEach((recipe) -> this.rows.generation().failed().recipe(recipe).insert(1));
		assertThat(this.operator.get(ACTION + "?recipeId=abc").text()).contains("value=\"abc\"", "data-search");
	}

}
