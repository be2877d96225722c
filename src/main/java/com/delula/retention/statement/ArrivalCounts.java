package com.delula.retention.statement;

import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import com.delula.retention.database.SqlTemplate;
import com.delula.retention.installation.Catalog;
import com.delula.retention.rule.Rule;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts the candidates of a rule by their time and by the values of a column. Each
 * method counts in the transaction of its caller, who sees to its snapshot and its
 * timeout; rows without a time belong to no period.
 */
public class ArrivalCounts {

	private static final String BY_HOUR = """
			SELECT CAST(floor(extract(epoch FROM {time}) / 3600) AS bigint) AS hour, count(*) AS rows
			FROM {table} t
			WHERE {candidates} AND {time} >= :since AND {time} <= :until
			GROUP BY 1
			""";

	/** The most frequent values, and those that the caller wants to know of besides. */
	private static final String BY_VALUE = """
			SELECT r.value, r.rows
			FROM (SELECT v.value, v.rows, row_number() OVER (ORDER BY v.rows DESC) AS place
				FROM (SELECT CAST({column} AS text) AS value, count(*) AS rows
					FROM {table} t
					WHERE {candidates} AND {time} >= :since AND {time} <= :until
					GROUP BY 1) v) r
			WHERE r.place <= :most OR r.value = ANY (CAST(:wanted AS text[])) OR r.value IS NULL
			""";

	/** The most frequent values of all candidates, whatever their time. */
	private static final String VALUES = """
			SELECT CAST(v.value AS text) AS value, v.rows
			FROM (SELECT {column} AS value, count(*) AS rows
				FROM {table} t
				WHERE {candidates}
				GROUP BY {column}) v
			ORDER BY v.rows DESC, v.value
			LIMIT :most
			""";

	private final JdbcClient jdbc;

	private final Catalog catalog;

	ArrivalCounts(JdbcClient jdbc, Catalog catalog) {
		this.jdbc = jdbc;
		this.catalog = catalog;
	}

	/** The candidates by hours since 1970, UTC. */
	public SortedMap<Long, Long> byHour(Rule rule, Instant since, Instant until) {
		SortedMap<Long, Long> hours = new TreeMap<>();
		Shapes.of(this.catalog, rule)
			.forEach((shape) -> this.jdbc.sql(template(shape).fill(BY_HOUR))
				.param("since", since.toString(), Types.OTHER)
				.param("until", until.toString(), Types.OTHER)
				.query((row) -> {
					hours.merge(row.getLong("hour"), row.getLong("rows"), Long::sum);
				}));
		return hours;
	}

	/**
	 * The candidates by the values of a column; null stands for rows without one.
	 * @param most how many values are told at least, the most frequent
	 * @param wanted values that are told besides
	 */
	public Map<@Nullable String, Long> byValue(Rule rule, String column, Instant since, Instant until, int most,
			Collection<@Nullable String> wanted) {
		Map<@Nullable String, Long> values = new HashMap<>();
		Shapes.of(this.catalog, rule).forEach((shape) -> {
			String sql = template(shape).with("column", "t." + shape.column(column).sql()).fill(BY_VALUE);
			this.jdbc.sql(sql)
				.param("since", since.toString(), Types.OTHER)
				.param("until", until.toString(), Types.OTHER)
				.param("most", most)
				.param("wanted", wanted.toArray(String[]::new))
				.query((row) -> {
					values.merge(row.getString("value"), row.getLong("rows"), Long::sum);
				});
		});
		return values;
	}

	/**
	 * All candidates by the values of a column, most first; null stands for rows without
	 * one.
	 * @param most how many values of each table are told, the most frequent
	 */
	public Map<@Nullable String, Long> values(Rule rule, String column, int most) {
		Map<@Nullable String, Long> values = new LinkedHashMap<>();
		Shapes.of(this.catalog, rule)
			.forEach((shape) -> this.jdbc
				.sql(template(shape).with("column", "t." + shape.column(column).sql()).fill(VALUES))
				.param("most", most)
				.query((row) -> {
					values.merge(row.getString("value"), row.getLong("rows"), Long::sum);
				}));
		return values;
	}

	private static SqlTemplate template(TableShape shape) {
		return new SqlTemplate().with("table", shape.name())
			.with("time", shape.time())
			.with("candidates", ReferenceSql.candidates(shape));
	}

}
