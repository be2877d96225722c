package com.delula.retention.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import com.delula.retention.database.Instants;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads from the history what runs removed. A run belongs to the day on which it started,
 * UTC; dry runs and restores do not count.
 */
final class RunDays {

	/** The runs of the history, and those that it has forgotten. */
	private static final String BY_DAY = """
			SELECT CAST(u.day AS text) AS day, sum(u.runs) AS runs, sum(u.succeeded) AS succeeded,
				sum(u.removed) AS removed
			FROM (SELECT CAST(r.started_at AT TIME ZONE 'UTC' AS date) AS day, 1 AS runs,
					CASE WHEN r.status = 'succeeded' THEN 1 ELSE 0 END AS succeeded, r.rows_removed AS removed
				FROM retention_run r
				WHERE r.task = :task AND NOT r.dry_run AND r.mode <> 'restore'
					AND r.started_at >= to_timestamp(CAST(:since AS double precision))
				UNION ALL
				SELECT d.day, d.runs, d.succeeded, d.removed
				FROM retention_run_day d
				WHERE d.task = :task
					AND d.day >= CAST(to_timestamp(CAST(:since AS double precision)) AT TIME ZONE 'UTC' AS date)) u
			GROUP BY u.day
			""";

	private static final String BY_GROUP = """
			SELECT g.pair ->> 0 AS grp, sum(CAST(g.pair ->> 1 AS bigint)) AS removed
			FROM retention_run r
			CROSS JOIN jsonb_array_elements(r.removed_by_group) AS g (pair)
			WHERE r.task = :task AND NOT r.dry_run AND r.mode <> 'restore'
				AND r.started_at >= to_timestamp(CAST(:since AS double precision))
			GROUP BY 1
			ORDER BY 2 DESC
			LIMIT :most
			""";

	private static final String NOW = "SELECT extract(epoch FROM now())";

	private final JdbcClient jdbc;

	RunDays(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** The time by the database's clock. */
	Instant now() {
		return Objects.requireNonNull(Instants.ofEpoch(this.jdbc.sql(NOW).query(BigDecimal.class).single()));
	}

	/** The runs by day. */
	Map<LocalDate, Runs> byDay(String task, Instant since) {
		Map<LocalDate, Runs> days = new HashMap<>();
		this.jdbc.sql(BY_DAY).param("task", task).param("since", since.getEpochSecond()).query((row) -> {
			days.put(LocalDate.parse(row.getString("day")),
					new Runs(row.getLong("runs"), row.getLong("succeeded"), row.getLong("removed")));
		});
		return days;
	}

	/** Rows removed of the groups that lost most; null stands for rows without one. */
	Map<@Nullable String, Long> byGroup(String task, Instant since, int most) {
		Map<@Nullable String, Long> groups = new LinkedHashMap<>();
		this.jdbc.sql(BY_GROUP)
			.param("task", task)
			.param("since", since.getEpochSecond())
			.param("most", most)
			.query((row) -> {
				groups.put(row.getString("grp"), row.getLong("removed"));
			});
		return groups;
	}

	/**
	 * The runs of a day.
	 *
	 * @param runs how many
	 * @param succeeded those that succeeded
	 * @param removed rows that they removed
	 */
	record Runs(long runs, long succeeded, long removed) {

		static final Runs NONE = new Runs(0, 0, 0);

	}

}
