package com.delula.retention.monitor;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.delula.retention.doctor.Doctor;
import com.delula.retention.doctor.Finding;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.RuleSource;
import com.delula.retention.rule.RuleTable;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.Trigger;
import com.delula.retention.run.engine.RunEngine;
import com.delula.retention.support.TestDatabase;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** A rule that nothing in the service names is observed like the built-in ones. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = { "retention.purge.cron=-",
		"retention.backlog.cron=-", "ADMIN_PASSWORD=secret", "management.prometheus.metrics.export.enabled=true" })
class ObservedRuleTests {

	private static final String RULE = "expired-sessions";

	private static final TestDatabase DATABASE = TestDatabase.started();

	@Autowired
	private RunEngine engine;

	@Autowired
	private Doctor doctor;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TaskHealthReader health;

	@Autowired
	private PrometheusMeterRegistry metrics;

	@DynamicPropertySource
	static void database(DynamicPropertyRegistry registry) {
		DATABASE.jdbc()
			.sql("CREATE SCHEMA app; CREATE TABLE app.sessions (id bigint PRIMARY KEY, status text, created_at timestamptz)")
			.update();
		DATABASE.register(registry);
	}

	@BeforeEach
	void rows() {
		this.jdbc.sql("""
				INSERT INTO app.sessions
				SELECT n, 'expired', now() - make_interval(days => n) FROM generate_series(25, 36) n
				""").update();
	}

	@AfterEach
	void clear() {
		this.jdbc.sql("DROP TABLE IF EXISTS app.devices; TRUNCATE app.sessions").update();
		this.jdbc.sql("DELETE FROM credit_transactions").update();
	}

	private void run(boolean dryRun) {
		this.engine.start(new RunRequest(RULE, Mode.REGULAR, Trigger.API, "admin", dryRun, Map.of())).outcome().join();
	}

	@Test
	void itsMetricsAreThereFromTheStart() {
		assertThat(this.metrics.scrape()).contains(
				"retention_rows_removed_total{table=\"app.sessions\",task=\"expired-sessions\"}",
				"retention_runs_total{mode=\"regular\",status=\"failed\",task=\"expired-sessions\"}",
				"retention_run_seconds_count{mode=\"regular\",task=\"expired-sessions\"}",
				"retention_batch_seconds_count{task=\"expired-sessions\"}",
				"retention_due_rows{task=\"expired-sessions\"}",
				"retention_oldest_due_seconds{task=\"expired-sessions\"}",
				"retention_last_success_timestamp_seconds{task=\"expired-sessions\"}");
		assertThat(this.metrics.scrape())
			.doesNotContain("mode=\"emergency\",status=\"failed\",task=\"expired-sessions\"");
	}

	@Test
	void itsRunsAreBookedByItsTitleAndSeenInHealth() {
		run(false);
		assertThat(this.jdbc.sql("SELECT type, amount, description FROM credit_transactions").query().listOfRows())
			.singleElement()
			.satisfies((row) -> {
				assertThat(row).containsEntry("type", "expired_sessions");
				assertThat(((Number) row.get("amount")).longValue()).isEqualTo(7);
				assertThat(row).containsEntry("description", "Expired sessions: 7 rows removed");
			});
		assertThat(this.health.read()).filteredOn((task) -> task.task().equals(RULE))
			.singleElement()
			.satisfies((task) -> assertThat(task.lastSuccess()).isNotNull());
	}

	@Test
	void itsTablesAreChecked() {
		this.jdbc.sql("CREATE TABLE app.devices (session bigint REFERENCES app.sessions ON DELETE CASCADE)").update();
		assertThat(this.doctor.examine()).extracting(Finding::title)
			.contains(
					"Deleting app.sessions also deletes rows in app.devices (devices_session_fkey, ON DELETE CASCADE)",
					"The foreign key devices_session_fkey of app.devices (session), which refers to app.sessions, has no"
							+ " index");
	}

	@TestConfiguration
	static class OneMoreRule {

		@Bean
		@Order(9)
		RuleSource expiredSessions() {
			return () -> List.of(Rule.named(RULE)
				.title("Expired sessions")
				.table(RuleTable.named("app.sessions").only("status", "expired").time("created_at").build())
				.olderThan(Duration.ofDays(30))
				.build());
		}

	}

}
