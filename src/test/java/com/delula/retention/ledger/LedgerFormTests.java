package com.delula.retention.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.delula.retention.backlog.BacklogCleanup;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Ledgers of other forms than those of the two installations. */
class LedgerFormTests {

	private static List<Map<String, Object>> bookOneRun(String ledger) {
		try (TestDatabase database = TestDatabase.create(Installation.EXISTING)) {
			database.jdbc().sql("DROP TABLE credit_transactions").update();
			database.jdbc().sql(ledger).update();
			try (Service service = Service.startWithoutWeb(database)) {
				database.rows().generation().failed().age(Duration.ofDays(3)).insert(12);
				assertThat(service.run(BacklogCleanup.NAME).rowsRemoved()).isEqualTo(2);
			}
			return database.jdbc().sql("SELECT * FROM credit_transactions").query().listOfRows();
		}
	}

	@Test
	void anIdOfTextWithoutDefaultAndNoMetadata() {
		assertThat(bookOneRun("""
				CREATE TABLE credit_transactions (id text PRIMARY KEY, user_id varchar(40) NOT NULL,
					amount numeric(20, 2) NOT NULL, type varchar(40) NOT NULL, description varchar NOT NULL,
					created_at timestamptz NOT NULL)
				""")).singleElement().satisfies((row) -> {
			assertThat(row.get("id").toString()).isNotBlank();
			assertThat(((Number) row.get("amount")).longValue()).isEqualTo(2);
		});
	}

	@Test
	void anIdOfUuidWithoutDefaultAndMetadata() {
		assertThat(bookOneRun("""
				CREATE TYPE transaction_type AS ENUM ('purchase', 'backlog_cleanup', 'job_purge');
				CREATE TABLE credit_transactions (id uuid PRIMARY KEY, user_id text NOT NULL REFERENCES users (id),
					amount smallint NOT NULL, type transaction_type NOT NULL, description text NOT NULL,
					created_at timestamp NOT NULL, metadata jsonb NOT NULL)
				""")).singleElement().satisfies((row) -> {
			assertThat(row.get("type").toString()).isEqualTo("backlog_cleanup");
			assertThat(row.get("metadata").toString()).contains("runId");
		});
	}

}
