package com.delula.retention.status;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import com.delula.retention.database.Instants;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Remembers how many rows came to be candidates of each rule, by hour, so that those are
 * known that are gone. What was seen of an hour never gets less.
 */
public class ArrivalLog {

	/** Hours are counted since 1970, UTC. */
	private static final int SECONDS = 3600;

	private static final String LAST_DAY = """
			SELECT coalesce(sum(a.rows), 0)
			FROM retention_arrival a
			WHERE a.rule = :rule AND a.hour >= now() - interval '24 hours' AND a.hour <= now()
			""";

	private static final String BY_HOUR = """
			SELECT CAST(extract(epoch FROM a.hour) / 3600 AS bigint) AS hour, a.rows
			FROM retention_arrival a
			WHERE a.rule = :rule AND a.hour >= to_timestamp(CAST(:since AS double precision))
			""";

	private static final String NEWEST = """
			SELECT extract(epoch FROM max(a.hour)) AS hour
			FROM retention_arrival a
			WHERE a.rule = :rule AND a.hour <= now()
			""";

	private static final String REMEMBER = """
			INSERT INTO retention_arrival AS a (rule, hour, rows)
			SELECT :rule, to_timestamp(s.hour * 3600.0), s.rows
			FROM unnest(CAST(:hours AS bigint[]), CAST(:rows AS bigint[])) AS s (hour, rows)
			ON CONFLICT (rule, hour) DO UPDATE SET rows = excluded.rows WHERE a.rows < excluded.rows
			""";

	/** A report looks back 366 days. */
	private static final String FORGET = """
			DELETE FROM retention_arrival a
			WHERE a.rule = :rule AND a.hour < now() - interval '367 days'
			""";

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	ArrivalLog(JdbcClient jdbc, TransactionTemplate transaction) {
		this.jdbc = jdbc;
		this.transaction = transaction;
	}

	/** Rows of a rule that came in whole hours of the last 24. */
	public long lastDay(String rule) {
		return this.jdbc.sql(LAST_DAY).param("rule", rule).query(Long.class).single();
	}

	/** What is remembered of a rule since a time, by hours since 1970. */
	public SortedMap<Long, Long> byHour(String rule, Instant since) {
		SortedMap<Long, Long> hours = new TreeMap<>();
		this.jdbc.sql(BY_HOUR).param("rule", rule).param("since", since.getEpochSecond()).query((row) -> {
			hours.put(row.getLong("hour"), row.getLong("rows"));
		});
		return hours;
	}

	/** The newest hour of which something is remembered; empty before the first look. */
	public Optional<Instant> newest(String rule) {
		BigDecimal hour = this.jdbc.sql(NEWEST)
			.param("rule", rule)
			.query((row, index) -> Optional.ofNullable(row.getBigDecimal("hour")))
			.single()
			.orElse(null);
		return Optional.ofNullable(Instants.ofEpoch(hour));
	}

	/**
	 * Remembers what was seen.
	 * @param now the time of the look; its hour is remembered even if nothing came
	 * @param seen rows by hours since 1970
	 */
	public void remember(String rule, Instant now, Map<Long, Long> seen) {
		SortedMap<Long, Long> all = new TreeMap<>(seen);
		all.putIfAbsent(now.getEpochSecond() / SECONDS, 0L);
		List<Long> rows = new ArrayList<>(all.values());
		this.transaction.executeWithoutResult((tx) -> {
			this.jdbc.sql(REMEMBER)
				.param("rule", rule)
				.param("hours", all.keySet().toArray(Long[]::new))
				.param("rows", rows.toArray(Long[]::new))
				.update();
			this.jdbc.sql(FORGET).param("rule", rule).update();
		});
	}

	/** For each hour the greater number of two looks. */
	public static SortedMap<Long, Long> greatest(Map<Long, Long> one, Map<Long, Long> other) {
		SortedMap<Long, Long> greatest = new TreeMap<>(one);
		other.forEach((hour, rows) -> greatest.merge(hour, rows, Math::max));
		return Collections.unmodifiableSortedMap(greatest);
	}

}
