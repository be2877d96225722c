package com.delula.retention.dashboard;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

import com.delula.retention.database.Instants;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells from the run history how many rows went each day. */
class Removals {

	/**
	 * Days of UTC, as the schedules are; a run belongs to the day on which it started.
	 */
	private static final String BY_DAY = """
			WITH days AS (
				SELECT d.day AT TIME ZONE 'UTC' AS begins, (d.day + interval '1 day') AT TIME ZONE 'UTC' AS ends
				FROM generate_series(date_trunc('day', now() AT TIME ZONE 'UTC') - make_interval(days => :days - 1),
					now() AT TIME ZONE 'UTC', interval '1 day') AS d (day))
			SELECT extract(epoch FROM d.begins) AS day, r.task, sum(r.rows_removed) AS removed
			FROM days d
			LEFT JOIN retention_run r ON r.started_at >= d.begins AND r.started_at < d.ends AND NOT r.dry_run
					AND r.mode <> 'restore'
			GROUP BY d.begins, r.task
			""";

	private final JdbcClient jdbc;

	Removals(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Rows removed by day and task; days without any are there too. */
	SortedMap<Instant, Map<String, Long>> byDay(int days) {
		SortedMap<Instant, Map<String, Long>> removed = new TreeMap<>();
		this.jdbc.sql(BY_DAY).param("days", days).query((row) -> {
			BigDecimal seconds = row.getBigDecimal("day");
			Instant day = Objects.requireNonNull(Instants.ofEpoch(seconds));
			Map<String, Long> byTask = removed.computeIfAbsent(day, (key) -> new HashMap<>());
			String task = row.getString("task");
			if (task != null) {
				byTask.put(task, row.getLong("removed"));
			}
		});
		return removed;
	}

}
