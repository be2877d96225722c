package com.delula.retention.dashboard;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

import com.delula.retention.database.Instants;
import com.delula.retention.run.history.RestoredRows;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells from the run history how many rows went each day or hour. As in the report, a
 * restore takes back what its run removed.
 */
class Removals {

	/**
	 * Days or hours of UTC, as the schedules are; a run belongs to the one in which it
	 * started.
	 */
	private static final String BY_UNIT = """
			WITH units AS (
				SELECT u.unit AT TIME ZONE 'UTC' AS begins, (u.unit + CAST(:length AS interval)) AT TIME ZONE 'UTC' AS ends
				FROM generate_series(date_trunc(:unit, now() AT TIME ZONE 'UTC') - (:bars - 1) * CAST(:length AS interval),
					now() AT TIME ZONE 'UTC', CAST(:length AS interval)) AS u (unit))
			SELECT extract(epoch FROM u.begins) AS unit, r.task, sum(r.rows_removed - coalesce(b.rows, 0)) AS removed
			FROM units u
			LEFT JOIN retention_run r ON r.started_at >= u.begins AND r.started_at < u.ends AND NOT r.dry_run
					AND r.mode <> 'restore'
			LEFT JOIN %s b ON b.run = r.id
			GROUP BY u.begins, r.task
			"""
		.formatted(RestoredRows.BY_RUN);

	private final JdbcClient jdbc;

	Removals(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Rows removed by task in each bar of a chart; bars without any are there too. */
	SortedMap<Instant, Map<String, Long>> by(Span span) {
		String unit = span.hourly() ? "hour" : "day";
		SortedMap<Instant, Map<String, Long>> removed = new TreeMap<>();
		this.jdbc.sql(BY_UNIT)
			.param("unit", unit)
			.param("length", "1 " + unit)
			.param("bars", span.bars())
			.query((row) -> {
				BigDecimal seconds = row.getBigDecimal("unit");
				Instant begins = Objects.requireNonNull(Instants.ofEpoch(seconds));
				Map<String, Long> byTask = removed.computeIfAbsent(begins, (key) -> new HashMap<>());
				String task = row.getString("task");
				if (task != null) {
					byTask.put(task, row.getLong("removed"));
				}
			});
		return removed;
	}

}
