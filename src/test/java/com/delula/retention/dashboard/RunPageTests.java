package com.delula.retention.dashboard;

import java.util.UUID;

import com.delula.retention.support.Answer;
import com.delula.retention.support.Pages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the pages of runs say of them, and how runs are found. */
class RunPageTests extends OnPages {

	private final String run = "/runs/" + insert("running", "regular", false);

	private final Pages admin = as("admin");

	@AfterEach
	void end() {
		sql("DELETE FROM retention_run WHERE task = 'none'");
	}

	@Test
	void aNoticeGoesWhenWhatItAnnouncesHasHappened() {
		assertThat(page("?steered=resumed")).contains("The run is resumed.", this.run + "?steered=resumed");
		sql("UPDATE retention_run SET paused = true WHERE task = 'none'");
		assertThat(page("?steered=resumed")).doesNotContain("The run is resumed.", "steered");
		assertThat(page("?steered=paused")).contains("Pausing: ", "aria-hidden=\"true\">‖<", ">Paused<",
				"id=\"pace-0.01\"", ">1%<", ">2%<");
		sql("UPDATE retention_run SET waiting_for = 'an operator to resume it' WHERE task = 'none'");
		assertThat(page("?steered=paused")).doesNotContain("Pausing: ");
		Answer asked = this.admin.post(this.run + "/cancel", "");
		assertThat(asked.header("Location")).endsWith(this.run);
		assertThat(page("")).contains("Cancelling… The run ends after its current batch.");
		sql("UPDATE retention_run SET status = 'cancelled', finished_at = now() WHERE task = 'none'");
		assertThat(page("?steered=paused")).doesNotContain("Pausing: ", "Cancelling");
		assertThat(this.admin.post(this.run + "/cancel", "").header("Location")).endsWith("?steered=ended");
		assertThat(page("?steered=ended")).contains("The run had already ended.");
	}

	@Test
	void thePaceThatItWasGivenIsTold() {
		page("");
		this.admin.post(this.run + "/pace", "dutyCycle=0.25");
		assertThat(page("")).contains("Paced to 25% by");
	}

	@Test
	void kindsAreToldApartAndFound() {
		String emergency = insert("succeeded", "emergency", false);
		String restore = insert("succeeded", "restore", false);
		String dry = insert("succeeded", "regular", true);
		assertThat(this.admin.get("/runs").text()).contains(">emergency<", ">restore<", ">dry run<");
		assertThat(this.admin.get("/runs?mode=restore").text())
			.contains(restore, ">restore<", "<option value=\"restore\" selected=\"selected\">Restore</option>",
					"/runs?mode=restore&amp;page=0")
			.doesNotContain(emergency, dry);
		assertThat(this.admin.get("/runs?mode=emergency&status=failed").text()).contains("No runs match.");
	}

	@Test
	void aPageBeyondTheLastIsTheLast() {
		assertThat(this.admin.get("/runs?mode=regular&page=9999").text()).containsPattern("\\d+–(\\d+) of \\1<")
			.doesNotContain("0–0 of");
	}

	@Test
	void anErrorLeadsBackToTheRunOrTheRule() {
		page("");
		assertThat(this.admin.post(this.run + "/pace", "dutyCycle=7").text()).contains("Back to the run",
				"href=\"" + this.run + "\"");
		assertThat(this.admin.get("/actions/job-purge/regular/rows.csv?hours=x").text()).contains("Back to Purge",
				"href=\"/rules/job-purge\"");
		assertThat(this.admin.get("/runs/" + UUID.randomUUID() + "/restore").text()).doesNotContain("id=\"back\"");
		assertThat(as("operator").get("/actions/backlog-cleanup/emergency").text()).contains("Needs ADMIN.",
				"href=\"/rules/backlog-cleanup\"");
	}

	private String page(String query) {
		return this.admin.get(this.run + query).text();
	}

	private String insert(String status, String mode, boolean dry) {
		String id = UUID.randomUUID().toString();
		this.service.jdbc()
			.sql("""
					INSERT INTO retention_run (id, task, mode, trigger, actor, status, dry_run, cutoff, started_at, owner, options)
					VALUES (CAST(:id AS uuid), 'none', :mode, 'api', 'x', :status, :dry, now(), now(), 'other',
						jsonb_build_object('restoreOf', :id))
					""")
			.param("id", id)
			.param("mode", mode)
			.param("status", status)
			.param("dry", dry)
			.update();
		return id;
	}

	private void sql(String statement) {
		this.service.jdbc().sql(statement).update();
	}

}
