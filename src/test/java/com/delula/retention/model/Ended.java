package com.delula.retention.model;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.delula.retention.model.Happening.Trouble;
import com.delula.retention.support.Service;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a run ended.
 *
 * @param id its id
 * @param status its status
 * @param removed the rows that it removed; negative if it put back
 * @param kept the rows that stayed because others refer to them
 * @param leftOut the keys that a restore left out, with the reasons
 */
record Ended(String id, String status, long removed, long kept, Map<String, String> leftOut) {

	private static final JsonMapper JSON = new JsonMapper();

	/** The last run. */
	static Ended last(Service service) {
		return service.jdbc()
			.sql("""
					SELECT id, status, rows_removed, rows_kept_referenced, left_out
					FROM retention_run ORDER BY started_at DESC LIMIT 1
					""")
			.query((row, index) -> new Ended(row.getString("id"), row.getString("status"), row.getLong("rows_removed"),
					row.getLong("rows_kept_referenced"), leftOut(row.getString("left_out"))))
			.single();
	}

	private static Map<String, String> leftOut(@Nullable String json) {
		return JSON.readTree((json != null) ? json : "[]")
			.valueStream()
			.collect(Collectors.toMap((row) -> row.get("key").asString(), (row) -> row.get("reason").asString()));
	}

	/**
	 * Its end is told by what went wrong.
	 * @param trouble what did
	 * @param done the rows that it removed or put back
	 * @param due the rows that it should have
	 * @param expected the most that its caller expected; null without a number
	 */
	void assertFits(Trouble trouble, int done, int due, @Nullable Integer expected) {
		if (expected != null && expected < due) {
			assertThat(this.status).isEqualTo("refused");
			assertThat(done).isZero();
			return;
		}
		switch (trouble) {
			case NONE, KILL -> {
				assertThat(this.status).isEqualTo("succeeded");
				assertThat(done).isEqualTo(due);
			}
			case FAIL -> {
				// A batch of a series is tried again by itself.
				assertThat(this.status).isIn("failed", "succeeded");
				if (this.status.equals("succeeded")) {
					assertThat(done).isEqualTo(due);
				}
			}
			case CANCEL -> assertThat(this.status).isIn("cancelled", "succeeded");
			case MORE -> {
				assertThat(this.status)
					.isIn((expected != null) ? List.of("succeeded", "refused") : List.of("succeeded"));
				assertThat(done).isGreaterThanOrEqualTo((expected != null) ? 0 : due);
			}
		}
	}

}
