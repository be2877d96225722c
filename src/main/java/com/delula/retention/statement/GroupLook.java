package com.delula.retention.statement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.delula.retention.database.SqlTemplate;
import com.delula.retention.installation.Catalog;
import com.delula.retention.rule.Rule;
import com.delula.retention.run.GroupRows;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.Verdict;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Finds out what becomes of the rows of one group, along the index by group. Rows that
 * are listed are looked at as {@link RowLook} looks at any row.
 */
final class GroupLook {

	/**
	 * Rows of a group that are counted at most, the newest: 100,000 take about 300 ms.
	 */
	private static final int COUNTED = 100_000;

	/**
	 * Counts rows three times over: by what becomes of them, by hour and by value. The
	 * reasons come in the order in which a single row's are tried.
	 */
	private static final String COUNT = """
			SELECT r.fate, r.hour, r.value, grouping(r.fate) = 0 AS by_fate, grouping(r.hour) = 0 AS by_hour,
				count(*) AS rows
			FROM (SELECT CASE WHEN s.holder > 0 THEN {held} WHEN s.position <= {keep} THEN {kept}
						WHEN NOT s.old THEN {young} WHEN s.referenced THEN {referencedBy} ELSE {goes} END AS fate,
					CASE WHEN s.time < 'infinity' THEN CAST(floor(extract(epoch FROM s.time) / 3600) AS bigint) END AS hour,
					s.value
				FROM (SELECT {time} AS time, {policy} AS policy, {holder} AS holder, {value} AS value,
						(true{aged}) IS TRUE AS old, ({referenced}) IS TRUE AS referenced,
						row_number() OVER (PARTITION BY {policy} ORDER BY {time} DESC, {keysDescending}) AS position
					FROM (SELECT t.* FROM {table} t
						WHERE {candidates}{sameGroup}
						ORDER BY {time} DESC, {keysDescending}
						LIMIT :most) t) s) r
			GROUP BY GROUPING SETS ((r.fate), (r.hour), (r.value))
			""";

	private static final String LIST = """
			SELECT {keyTexts}, {value} AS value
			FROM {table} t
			WHERE {candidates}{sameGroup}
			ORDER BY {order}
			LIMIT :most
			""";

	private final JdbcClient jdbc;

	private final TableShape shape;

	private final LookParts parts;

	private final RowLook rows;

	GroupLook(JdbcClient jdbc, Catalog catalog, Rule rule, RunScope scope, TableShape shape) {
		this.jdbc = jdbc;
		this.shape = shape;
		this.parts = LookParts.of(jdbc, rule, scope, shape);
		this.rows = new RowLook(jdbc, catalog, rule, scope, this.parts);
	}

	GroupRows at(@Nullable String key, @Nullable String by, int listed) {
		Counted counted = count(key, by);
		List<GroupRows.Listed> newest = list(key, by, newestFirst(), listed);
		int others = (int) Math.min(listed, Math.max(0, counted.rows() - listed));
		List<GroupRows.Listed> oldest = list(key, by, new KeySql(this.shape).place().replaceAll("^\\(|\\)$", ""),
				others);
		return new GroupRows(this.shape.table().name(), counted.rows(), counted.rows() == COUNTED, counted.fates(),
				counted.values(), counted.hours(), newest, oldest);
	}

	private Counted count(@Nullable String key, @Nullable String by) {
		Counted counted = new Counted(new EnumMap<>(Verdict.class), new HashMap<>(), new TreeMap<>());
		String keep = this.parts.scope().policies().keep();
		String sql = template(key, by).with("keep", this.parts.scope().ranked() ? keep : "0")
			.with("held", name(Verdict.HELD))
			.with("kept", name(Verdict.KEPT_NEWEST))
			.with("young", name(Verdict.TOO_YOUNG))
			.with("referencedBy", name(Verdict.REFERENCED))
			.with("goes", name(Verdict.DUE))
			.fill(COUNT);
		StatementSpec statement = RowSql.in(key, this.parts.binder().aged(sql)).param("most", COUNTED);
		if (this.parts.scope().ranked()) {
			statement = statement.param("keep", this.parts.policies().ownKeep());
		}
		statement.query((row) -> {
			counted.add(row);
		});
		return counted;
	}

	private static String name(Verdict verdict) {
		return Literals.of(verdict.name());
	}

	private List<GroupRows.Listed> list(@Nullable String key, @Nullable String by, String order, int most) {
		String sql = template(key, by).with("order", order).fill(LIST);
		List<Found> found = RowSql.in(key, this.jdbc.sql(sql))
			.param("most", most)
			.query((row, index) -> new Found(RuleRows.key(this.shape, row), row.getString("value")))
			.list();
		return found.stream()
			.map((row) -> new GroupRows.Listed(row.key(), row.value(), this.rows.at(row.key())))
			.toList();
	}

	private SqlTemplate template(@Nullable String key, @Nullable String by) {
		return this.parts.sql()
			.inGroup(key)
			.with("value", (by != null) ? "CAST(t." + this.shape.column(by).sql() + " AS text)" : "CAST(NULL AS text)");
	}

	private String newestFirst() {
		List<String> order = new ArrayList<>(List.of(this.shape.time()));
		order.addAll(new KeySql(this.shape).columns());
		return order.stream().map((column) -> column + " DESC").collect(Collectors.joining(", "));
	}

	private record Counted(Map<Verdict, Long> fates, Map<@Nullable String, Long> values, SortedMap<Long, Long> hours) {

		void add(ResultSet row) throws SQLException {
			long rows = row.getLong("rows");
			if (row.getBoolean("by_fate")) {
				this.fates.put(Verdict.valueOf(row.getString("fate")), rows);
				return;
			}
			if (!row.getBoolean("by_hour")) {
				this.values.put(row.getString("value"), rows);
				return;
			}
			long hour = row.getLong("hour");
			if (!row.wasNull()) {
				this.hours.put(hour, rows);
			}
		}

		long rows() {
			return this.fates.values().stream().mapToLong(Long::longValue).sum();
		}

	}

	private record Found(String key, @Nullable String value) {

	}

}
