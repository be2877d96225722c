package com.delula.retention.statement;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.delula.retention.database.SqlTemplate;
import com.delula.retention.installation.Catalog;
import com.delula.retention.rule.Condition;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.RuleTable;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts the rows of a rule's tables by state, those that the rule leaves alone too. The
 * state is the column of the rule's last condition on values of its own; the other
 * conditions say whose rows are counted.
 */
public class StateCounts {

	/** What stands for a row without a state. */
	public static final String NO_STATE = "none";

	/** What stands for all rows of a table whose rule has no condition. */
	public static final String ALL = "all";

	/**
	 * The most frequent states: a column that is no enumeration has millions of values.
	 */
	private static final String BY_STATE = """
			SELECT CAST({state} AS text) AS state, count(*) AS rows
			FROM {table} t
			WHERE {others}
			GROUP BY 1
			ORDER BY count(*) DESC
			LIMIT 20
			""";

	private final JdbcClient jdbc;

	private final Catalog catalog;

	StateCounts(JdbcClient jdbc, Catalog catalog) {
		this.jdbc = jdbc;
		this.catalog = catalog;
	}

	/**
	 * Counts in the transaction of the caller, who sees to its snapshot and its timeout.
	 * @return rows by state, by table
	 */
	public Map<String, Map<String, Long>> count(Rule rule) {
		Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
		Shapes.of(this.catalog, rule).forEach((shape) -> counts.put(shape.table().name(), count(shape)));
		return counts;
	}

	/** The states of a table that its rule covers. */
	public static List<String> covered(RuleTable table) {
		Condition condition = stateCondition(table);
		return (condition != null) ? condition.values().stream().map(StateCounts::label).toList() : List.of(ALL);
	}

	/** The conditions that say whose rows of a table are counted. */
	public static List<Condition> others(RuleTable table) {
		Condition state = stateCondition(table);
		return table.where().stream().filter((condition) -> condition != state).toList();
	}

	private Map<String, Long> count(TableShape shape) {
		Condition state = stateCondition(shape.table());
		String others = others(shape.table()).stream()
			.map((condition) -> Literals.condition(condition, "t." + shape.column(condition.column()).sql()))
			.collect(Collectors.joining(" AND "));
		String sql = new SqlTemplate().with("table", shape.name())
			.with("state", (state != null) ? "t." + shape.column(state.column()).sql() : "'" + ALL + "'")
			.with("others", others.isEmpty() ? "true" : others)
			.fill(BY_STATE);
		Map<String, Long> rows = new HashMap<>();
		this.jdbc.sql(sql).query((row) -> {
			rows.merge(label(row.getString("state")), row.getLong("rows"), Long::sum);
		});
		return rows;
	}

	private static @Nullable Condition stateCondition(RuleTable table) {
		List<Condition> own = table.where().stream().filter((condition) -> !condition.setting()).toList();
		List<Condition> candidates = own.isEmpty() ? table.where() : own;
		return candidates.isEmpty() ? null : candidates.get(candidates.size() - 1);
	}

	private static String label(@Nullable String state) {
		return (state != null) ? state : NO_STATE;
	}

}
