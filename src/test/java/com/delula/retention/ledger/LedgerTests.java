package com.delula.retention.ledger;

import java.sql.Timestamp;
import java.time.Duration;
import java.util.Map;

import com.delula.retention.support.Api;
import com.delula.retention.support.OnBothInstallations;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Every run that is not a dry run ends as exactly one row in the ledger. */
@Tag("core")
class LedgerTests extends OnBothInstallations {

	private static final JsonMapper JSON = new JsonMapper();

	private JsonNode metadata(Map<String, Object> row) {
		return JSON.readTree(row.get("metadata").toString());
	}

	@Test
	void aCleanup() {
		this.rows.generation().failed().recipe(16).age(Duration.ofDays(3)).insert(25);
		JsonNode answer = clean();
		JsonNode run = this.api.get(Api.RUNS + "/" + answer.get("runId").stringValue()).ok();
		assertThat(ledger()).singleElement().satisfies((row) -> {
			assertThat(row.get("user_id")).isEqualTo("system_backlog");
			assertThat(((Number) row.get("amount")).longValue()).isEqualTo(15);
			assertThat(row.get("type")).isEqualTo("backlog_cleanup");
			assertThat(row.get("description").toString()).contains("15").doesNotContainIgnoringCase("emergency");
			JsonNode metadata = metadata(row);
			assertThat(metadata.get("runId")).isEqualTo(answer.get("runId"));
			for (String field : new String[] { "mode", "trigger", "actor", "status", "cutoff" }) {
				assertThat(metadata.get(field)).as(field).isEqualTo(run.get(field));
			}
		});
	}

	@Test
	void itsTimeIsUtc() {
		clean();
		assertThat(this.jdbc.sql("""
				SELECT CASE WHEN pg_typeof(created_at) = CAST('timestamp' AS regtype)
					THEN CAST(created_at AS timestamp) - (now() AT TIME ZONE 'utc')
					ELSE CAST(CAST(created_at AS text) AS timestamptz) - now() END
					BETWEEN INTERVAL '-1 minute' AND INTERVAL '1 minute'
				FROM credit_transactions
				""").query(Boolean.class).single()).isTrue();
	}

	@Test
	void aPurgeCountsBothTables() {
		String job = this.rows.job().completed().age(Duration.ofDays(3)).insert();
		this.rows.upscaleJob(job).completed().age(Duration.ofDays(3)).insertIds(2);
		purge();
		assertThat(ledger()).singleElement().satisfies((row) -> {
			assertThat(row.get("type")).isEqualTo("job_purge");
			assertThat(row.get("user_id")).isEqualTo("system_backlog");
			assertThat(((Number) row.get("amount")).longValue()).isEqualTo(3);
		});
	}

	@Test
	void aRunThatRemovedNothing() {
		clean();
		this.api.post(Api.EMERGENCY).ok();
		purge();
		assertThat(ledger()).hasSize(3)
			.allSatisfy((row) -> assertThat(((Number) row.get("amount")).longValue()).isZero());
	}

	@Test
	void theAmountsAddUpToTheRowsThatAreGone() {
		this.rows.generation().failed().recipe(16).age(Duration.ofDays(3)).insert(25);
		this.rows.generation().failed().recipe(17).insert(5);
		this.rows.job().failed().age(Duration.ofDays(3)).insertIds(7);
		clean();
		this.api.post(Api.RUN + "?dryRun=true").ok();
		clean();
		purge();
		this.api.post(Api.EMERGENCY).ok();
		long removed = 37 - this.rows.count("generations") - this.rows.count("jobs");
		assertThat(removed).isEqualTo(37);
		assertThat(this.jdbc.sql("SELECT sum(amount) FROM credit_transactions").query(Long.class).single())
			.isEqualTo(removed);
		assertThat(this.jdbc.sql("SELECT sum(rows_removed) FROM retention_run").query(Long.class).single())
			.isEqualTo(removed);
		assertThat(ledger()).hasSize(4);
	}

	@Test
	void nobodyElsesRowsAreTouched() {
		this.jdbc
			.sql("INSERT INTO credit_transactions (user_id, amount, type, description) VALUES ('alice', 1, 'x', 'y')")
			.update();
		Map<String, Object> before = ledger().get(0);
		clean();
		assertThat(ledger()).hasSize(2).contains(before);
		assertThat(before.get("created_at")).isInstanceOf(Timestamp.class);
	}

}
