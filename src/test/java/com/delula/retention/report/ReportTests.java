package com.delula.retention.report;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

import com.delula.retention.rule.Rules;
import com.delula.retention.run.engine.RunEngine;
import com.delula.retention.support.Answer;
import com.delula.retention.support.Api;
import com.delula.retention.support.Pages;
import com.delula.retention.support.Rows;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What arrived and what went, as the API and the page tell it. */
class ReportTests {

	private static final String REPORT = "/api/admin/rules/backlog-cleanup/report";

	/**
	 * Rows that are due by the rule, less those that are due by the demonstration's
	 * story.
	 */
	private static final String DUE_GENERATIONS = """
			SELECT count(*) FILTER (WHERE place > 10 AND t < (now() AT TIME ZONE 'UTC') - interval '24 hours')
				- (SELECT count(*) FROM demonstration_row r, demonstration_story s
					WHERE r.kind = 'generations' AND r.removed_at IS NULL AND r.due_at < s.now)
			FROM (SELECT coalesce(updated_at, created_at) AS t, row_number() OVER (PARTITION BY recipe_id
					ORDER BY coalesce(updated_at, created_at) DESC NULLS FIRST) AS place
				FROM generations WHERE user_id = 'system_backlog' AND status = 'failed') g
			""";

	private static final String DUE_JOBS = """
			SELECT count(*) - (SELECT count(*) FROM demonstration_row r, demonstration_story s
				WHERE r.kind = 'jobs' AND r.removed_at IS NULL AND r.due_at < s.now)
			FROM jobs j
			WHERE j.status IN ('completed', 'failed') AND j.created_at < now() - interval '48 hours'
				AND NOT EXISTS (SELECT FROM upscale_jobs u WHERE u.source_job_id = j.id
					AND NOT (u.status IN ('completed', 'failed') AND u.created_at < now() - interval '48 hours'))
			""";

	private final Service service = Service.shared(Installation.EXISTING);

	private final Rows rows = this.service.database().rows();

	@BeforeEach
	void empty() {
		this.rows.clear();
		for (String table : List.of("retention_run", "retention_arrival", "retention_run_day")) {
			this.service.jdbc().sql("DELETE FROM " + table).update();
		}
	}

	@Test
	void rowsThatAreGoneHaveArrivedAllTheSame() {
		long recipe = this.rows.recipe().name("=Cat, \"diving\"").insert();
		this.rows.generation().failed().recipe(recipe).failureReason("timeout").age(Duration.ofDays(3)).insert(15);
		this.rows.generation().failed().recipe(null).failureReason("-1+1").age(Duration.ofMinutes(1)).insert(2);
		this.rows.generation().completed().recipe(recipe).age(Duration.ofDays(3)).insert(4);
		look();
		this.service.api().post(Api.RUN).ok();
		look();
		JsonNode report = this.service.api().get(REPORT + "?days=5").ok();
		assertThat(report.propertyNames()).containsExactly("success", "rule", "days", "groups", "reasons");
		JsonNode days = report.get("days");
		LocalDate today = this.rows.now().atOffset(ZoneOffset.UTC).toLocalDate();
		assertThat(days.valueStream().map((day) -> day.get("day").asString())).hasSize(5)
			.startsWith(today.minusDays(4).toString())
			.endsWith(today.toString());
		assertThat(days.valueStream().mapToLong((day) -> day.get("arrived").longValue()).sum()).isEqualTo(17);
		assertThat(days.get(1)).hasToString("{\"day\":\"" + today.minusDays(3)
				+ "\",\"arrived\":15,\"removed\":0,\"runs\":0,\"succeeded\":0,\"share\":0.0}");
		assertThat(days.get(4).get("removed").longValue()).isEqualTo(5);
		assertThat(days.get(4).get("succeeded").longValue()).isEqualTo(1);
		assertThat(days.get(2).get("share").isNull()).isTrue();
		assertThat(report.get("groups").get(0)).hasToString(
				"{\"group\":\"" + recipe + "\",\"name\":\"=Cat, \\\"diving\\\"\",\"failed\":15,\"removed\":5}");
		assertThat(report.get("groups").get(1))
			.hasToString("{\"group\":null,\"name\":\"No Recipe\",\"failed\":2,\"removed\":0}");
		assertThat(report.get("reasons")).hasToString("[{\"reason\":\"timeout\",\"failed\":15,\"removed\":5},"
				+ "{\"reason\":\"-1+1\",\"failed\":2,\"removed\":0}]");
		isWrittenForSpreadsheets(recipe);
	}

	private void isWrittenForSpreadsheets(long recipe) {
		Answer csv = this.service.api().with("Accept", "text/csv").get(REPORT + "?days=5");
		assertThat(csv.header("Content-Type")).startsWith("text/csv");
		assertThat(csv.text()).startsWith("kind,key,name,arrived,failed,removed,runs,succeeded,share\r\nday,")
			.contains(",,15,,0,0,0,0.0\r\n")
			.contains("group," + recipe + ",\"'=Cat, \"\"diving\"\"\",,15,5,,,\r\n")
			.contains("group,,No Recipe,,2,0,,,\r\n")
			.endsWith("reason,timeout,,,15,5,,,\r\nreason,'-1+1,,,2,0,,,\r\n");
	}

	@Test
	void rowsWithoutAReasonAreReportedBeforeTheFirstRun() {
		this.rows.generation().failed().recipe(16).failureReason(null).age(Duration.ofHours(1)).insert(1);
		assertThat(this.service.api().get(REPORT).ok().get("reasons"))
			.hasToString("[{\"reason\":null,\"failed\":1,\"removed\":null}]");
	}

	/** The history keeps few runs; what they removed is not forgotten with them. */
	@Test
	void forgottenRunsStillCount() {
		this.service.jdbc().sql("""
				INSERT INTO retention_run (id, task, mode, trigger, actor, status, dry_run, cutoff, started_at, owner,
					finished_at, rows_removed)
				SELECT gen_random_uuid(), 'backlog-cleanup', 'regular', 'schedule', 'scheduler',
					CASE n % 2 WHEN 0 THEN 'failed' ELSE 'succeeded' END, false, t, t, 'x', t, 10
				FROM generate_series(1, 1200) n
				CROSS JOIN LATERAL (SELECT now() - interval '200 days' - n * interval '1 second' AS t) s
				""").update();
		JsonNode before = this.service.api().get(REPORT + "?days=366").ok().get("days");
		this.service.bean(RunEngine.class).forget();
		assertThat(this.rows.count("retention_run")).isLessThan(1200);
		JsonNode after = this.service.api().get(REPORT + "?days=366").ok().get("days");
		assertThat(after).isEqualTo(before);
		assertThat(sum(after, "removed")).isEqualTo(12_000);
		assertThat(sum(after, "succeeded")).isEqualTo(600);
	}

	@ParameterizedTest
	@ValueSource(strings = { "days=0", "days=367", "days=", "days=1.5", "days=+1", "days=x", "days=1&days=2" })
	void daysAreANumber(String query) {
		assertThat(this.service.api().get(REPORT + "?" + query).problem(400).get("detail").asString()).contains("days=",
				"must be a whole number from 1 to 366");
	}

	@Test
	void thePageShowsChartsAndTables() {
		this.rows.generation().failed().recipe(4711).failureReason("<timeout>").age(Duration.ofDays(3)).insert(12);
		this.service.api().post(Api.RUN).ok();
		Pages pages = new Pages(this.service.api().port());
		pages.login("viewer", Service.PASSWORD);
		assertThat(pages.get("/reports").header("Location")).endsWith("/reports/backlog-cleanup");
		assertThat(pages.get("/reports/backlog-cleanup?days=7").text())
			.contains("/reports/backlog-cleanup/charts?days=7", ">Purge<", "/assets/charts-")
			.doesNotContain("A report is of");
		assertThat(pages.get("/reports/backlog-cleanup?days=5").text()).contains("aria-current=\"true\">5 days<");
		assertThat(pages.get("/reports/backlog-cleanup?days=0").text())
			.contains("A report is of 1 to 366 days. This one is of 30.");
		assertThat(pages.get("/reports/backlog-cleanup/charts?days=7").text())
			.contains("Arrived and removed", "Removed of what arrived", "Unknown Recipe (4711)", "&lt;timeout&gt;",
					"rows an hour over the last 24 hours", "not scheduled", "By failure reason")
			.doesNotContain("<timeout>");
		assertThat(pages.get("/reports/job-purge/charts").text()).contains("Nothing arrived")
			.doesNotContain("Where most rows are");
		assertThat(pages.get("/reports/backlog-cleanup/csv").text()).contains("group,4711,Unknown Recipe,,12,2");
		assertThat(pages.get("/reports/nothing").status()).isEqualTo(404);
	}

	@Test
	void theDemonstrationHasAMonthOfHistory() throws SQLException {
		try (Connection connection = this.service.database().dataSource().getConnection();
				Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute(TestDatabase.resource("demonstration.sql"));
			for (String sql : List.of(DUE_GENERATIONS, DUE_JOBS)) {
				assertThat(number(statement, sql)).as(sql).isEqualTo(0);
			}
			statement.execute(TestDatabase.resource("demonstration-history.sql"));
			for (String days : List.of("started_at) FROM retention_run", "hour) FROM retention_arrival",
					"taken_at) FROM retention_sample", "created_at) FROM credit_transactions")) {
				try (ResultSet found = statement
					.executeQuery("SELECT date_part('day', now() - min(" + days.replace(") FROM", ")) FROM"))) {
					found.next();
					assertThat(found.getInt(1)).as(days).isGreaterThanOrEqualTo(28);
				}
			}
			assertThat(number(statement, "SELECT sum(rows_removed) FROM retention_run")).isPositive()
				.isEqualTo(number(statement, "SELECT sum(amount) FROM credit_transactions WHERE metadata ? 'runId'"));
			connection.rollback();
		}
	}

	private static long number(Statement statement, String sql) throws SQLException {
		try (ResultSet found = statement.executeQuery(sql)) {
			found.next();
			return found.getLong(1);
		}
	}

	private void look() {
		this.service.bean(ArrivalWatch.class).look(this.service.bean(Rules.class).get("backlog-cleanup"));
	}

	private static long sum(JsonNode days, String field) {
		return days.valueStream().mapToLong((day) -> day.get(field).longValue()).sum();
	}

}
