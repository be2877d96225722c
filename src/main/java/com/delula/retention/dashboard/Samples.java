package com.delula.retention.dashboard;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

import com.delula.retention.database.Instants;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Remembers how the tables stood over time. */
class Samples {

	/** Whether nobody, on any instance, has taken this ten minutes' sample. */
	private static final String IS_DUE = """
			SELECT NOT EXISTS (SELECT FROM retention_sample
				WHERE taken_at = date_bin('10 minutes', now(), 'epoch'))
			""";

	private static final String TAKE = """
			INSERT INTO retention_sample (taken_at, series, value)
			VALUES (date_bin('10 minutes', now(), 'epoch'), :series, :value)
			ON CONFLICT DO NOTHING
			""";

	private static final String FORGET = """
			DELETE FROM retention_sample
			WHERE taken_at < now() - interval '90 days'
			""";

	/** The greatest number of each stretch of time, so that no peak is smoothed away. */
	private static final String READ = """
			SELECT extract(epoch FROM date_bin(make_interval(secs => :step), taken_at, 'epoch')) AS time, series,
				max(value) AS value
			FROM retention_sample
			WHERE taken_at > now() - make_interval(secs => :span) AND starts_with(series, :prefix)
			GROUP BY 1, 2
			""";

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	Samples(JdbcClient jdbc, TransactionTemplate transaction) {
		this.jdbc = jdbc;
		this.transaction = transaction;
	}

	/**
	 * Takes a sample, unless there is one of these ten minutes already.
	 * @param numbers counts, by the names of their series; asked only when needed
	 * @return whether one was taken
	 */
	boolean take(Supplier<Map<String, Long>> numbers) {
		if (!this.jdbc.sql(IS_DUE).query(Boolean.class).single()) {
			return false;
		}
		Map<String, Long> counted = numbers.get();
		this.transaction.executeWithoutResult((tx) -> {
			counted
				.forEach((series, value) -> this.jdbc.sql(TAKE).param("series", series).param("value", value).update());
			this.jdbc.sql(FORGET).update();
		});
		return true;
	}

	/** The numbers of all series whose names begin so, by time and name. */
	SortedMap<Instant, Map<String, Long>> read(String prefix, Span span) {
		SortedMap<Instant, Map<String, Long>> samples = new TreeMap<>();
		this.jdbc.sql(READ)
			.param("step", span.step().toSeconds())
			.param("span", span.length().toSeconds())
			.param("prefix", prefix)
			.query((row) -> {
				BigDecimal seconds = row.getBigDecimal("time");
				Instant time = Objects.requireNonNull(Instants.ofEpoch(seconds));
				samples.computeIfAbsent(time, (key) -> new HashMap<>())
					.put(row.getString("series"), row.getLong("value"));
			});
		return samples;
	}

}
