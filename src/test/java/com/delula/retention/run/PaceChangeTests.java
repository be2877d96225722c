package com.delula.retention.run;

import java.time.Duration;
import java.util.List;

import com.delula.retention.support.Api;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs at full speed, with several workers, that are slowed down on their way. */
@Tag("core")
class PaceChangeTests {

	private static final int ROWS = 6_000;

	/** So that the change comes while workers are at work. */
	private static final List<String> SLOW = List.of("""
			CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$
			BEGIN
				PERFORM pg_sleep(0.02);
				RETURN NULL;
			END $$
			""", "CREATE TRIGGER slow AFTER DELETE ON generations FOR EACH STATEMENT EXECUTE FUNCTION slow()");

	@Test
	void nothingIsLeftOut() {
		try (TestDatabase database = TestDatabase.started();
				Service service = Service.start(database, "--retention.run.duty-cycle=1", "--retention.run.workers=3",
						"--retention.run.batch.min-rows=20", "--retention.run.batch.max-rows=20")) {
			SLOW.forEach((sql) -> database.jdbc().sql(sql).update());
			database.rows().generation().failed().age(Duration.ofDays(3)).insert(ROWS);
			String run = service.api().with("Prefer", "respond-async").post(Api.EMERGENCY).json().get("id").asString();
			Awaitility.await()
				.until(() -> service.api().get(Api.RUNS + "/" + run).ok().get("rowsRemoved").longValue() > 0);
			assertThat(service.api()
				.with("Content-Type", "application/json")
				.send("PATCH", Api.RUNS + "/" + run, "{\"dutyCycle\":0.99}")
				.status()).isEqualTo(200);
			JsonNode ended = Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.until(() -> service.api().get(Api.RUNS + "/" + run).ok(),
						(told) -> !told.get("status").asString().equals("running"));
			assertThat(ended.get("status").asString()).as(ended.toString()).isEqualTo("succeeded");
			assertThat(database.rows().generationIds()).isEmpty();
			assertThat(ended.get("rowsRemoved").longValue()).isEqualTo(ROWS);
		}
	}

}
