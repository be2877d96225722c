package com.delula.retention.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.delula.retention.database.Instants;
import org.jspecify.annotations.Nullable;

import com.delula.retention.run.history.RestoredRows;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads from the history what runs removed. A run belongs to the day on which it started,
 * UTC; dry runs do not count, and a restore takes back what its run removed.
 */
final class RunDays {

	/**
	 * The runs of the history, without what was put back since, and those that it has
	 * forgotten.
	 */
	private static final String BY_DAY = """
			SELECT CAST(u.day AS text) AS day, sum(u.runs) AS runs, sum(u.succeeded) AS succeeded,
				sum(u.removed) AS removed
			FROM (SELECT CAST(r.started_at AT TIME ZONE 'UTC' AS date) AS day, 1 AS runs,
					CASE WHEN r.status = 'succeeded' THEN 1 ELSE 0 END AS succeeded,
					r.rows_removed - coalesce(b.rows, 0) AS removed
				FROM retention_run r
				LEFT JOIN %s b ON b.run = r.id
				WHERE r.task = :task AND NOT r.dry_run AND r.mode <> 'restore'
					AND r.started_at >= to_timestamp(CAST(:since AS double precision))
				UNION ALL
				SELECT d.day, d.runs, d.succeeded, d.removed
				FROM retention_run_day d
				WHERE d.task = :task
					AND d.day >= CAST(to_timestamp(CAST(:since AS double precision)) AT TIME ZONE 'UTC' AS date)) u
			GROUP BY u.day
			""".formatted(RestoredRows.BY_RUN);

	/**
	 * What was put back counts where its run does, and only if that was counted.
	 */
	private static final String BY_KEY = """
			SELECT g.pair ->> 0 AS key, sum(u.sign * CAST(g.pair ->> 1 AS bigint)) AS rows
			FROM (SELECT r.%1$s AS counts, 1 AS sign
				FROM retention_run r
				WHERE r.task = :task AND NOT r.dry_run AND r.mode <> 'restore' AND r.%1$s IS NOT NULL
					AND r.started_at >= to_timestamp(CAST(:since AS double precision))
				UNION ALL
				SELECT o.%1$s, -1
				FROM retention_run o
				JOIN retention_run r ON r.id = CAST(o.options ->> 'restoreOf' AS uuid)
				WHERE o.task = :task AND NOT o.dry_run AND o.mode = 'restore' AND r.%1$s IS NOT NULL
					AND r.started_at >= to_timestamp(CAST(:since AS double precision))) u
			CROSS JOIN jsonb_array_elements(u.counts) AS g (pair)
			GROUP BY 1
			HAVING sum(u.sign * CAST(g.pair ->> 1 AS bigint)) > 0
			ORDER BY 2 DESC
			LIMIT :most
			""";

	private static final String ANY_BY_REASON = """
			SELECT EXISTS (SELECT FROM retention_run r
				WHERE r.task = :task AND NOT r.dry_run AND r.mode <> 'restore' AND jsonb_array_length(r.removed_by_reason) > 0
					AND r.started_at >= to_timestamp(CAST(:since AS double precision)))
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
		return byKey("removed_by_group", task, since, most);
	}

	/** The same by reason; empty if no run of the period was counted so. */
	Optional<Map<@Nullable String, Long>> byReason(String task, Instant since, int most) {
		boolean any = this.jdbc.sql(ANY_BY_REASON)
			.param("task", task)
			.param("since", since.getEpochSecond())
			.query(Boolean.class)
			.single();
		return any ? Optional.of(byKey("removed_by_reason", task, since, most)) : Optional.empty();
	}

	private Map<@Nullable String, Long> byKey(String counts, String task, Instant since, int most) {
		Map<@Nullable String, Long> rows = new LinkedHashMap<>();
		this.jdbc.sql(String.format(Locale.ROOT, BY_KEY, counts))
			.param("task", task)
			.param("since", since.getEpochSecond())
			.param("most", most)
			.query((row) -> {
				rows.put(row.getString("key"), row.getLong("rows"));
			});
		return rows;
	}

	/**
	 * The runs of a day.
	 *
	 * @param runs how many
	 * @param succeeded those that succeeded
	 * @param removed rows that they removed and that were not put back
	 */
	record Runs(long runs, long succeeded, long removed) {

		static final Runs NONE = new Runs(0, 0, 0);

	}

}
