package com.delula.retention.statement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;

import com.delula.retention.database.Instants;
import com.delula.retention.installation.Catalog;
import com.delula.retention.rule.Keep;
import com.delula.retention.rule.Rule;
import com.delula.retention.run.DueRow;
import com.delula.retention.run.GroupRows;
import com.delula.retention.run.InvalidKeyException;
import com.delula.retention.run.KeyText;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.TaskRows;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Reads rows of a rule's tables by the conditions that a run has. */
final class RuleRows implements TaskRows {

	/** Rows that are fetched at a time: some 100 kB. */
	private static final int FETCHED = 1_000;

	private final JdbcClient jdbc;

	private final Catalog catalog;

	private final Rule rule;

	private final RunScope scope;

	private final List<TableShape> shapes;

	private final Predicate<TableShape> rankIndex;

	/**
	 * The rows of a rule.
	 * @param rankIndex whether a table's index by group is there
	 */
	RuleRows(JdbcClient jdbc, Catalog catalog, Rule rule, RunScope scope, Predicate<TableShape> rankIndex) {
		this.jdbc = jdbc;
		this.catalog = catalog;
		this.rule = rule;
		this.scope = scope;
		this.shapes = Shapes.of(catalog, rule);
		this.rankIndex = rankIndex;
	}

	@Override
	public List<String> columns() {
		List<String> columns = new ArrayList<>(this.rule.narrowBy());
		String group = this.rule.groupColumn();
		if (group != null && !columns.contains(group)) {
			columns.add(0, group);
		}
		return columns;
	}

	@Override
	public void eachDue(int most, Consumer<DueRow> each) {
		List<String> told = columns();
		for (TableShape shape : this.shapes) {
			StringBuilder columns = new StringBuilder();
			for (int i = 0; i < told.size(); i++) {
				columns.append(", CAST(").append(column(shape, told.get(i))).append(" AS text) AS value").append(i);
			}
			bound(shape, sql(shape).listDue(this.rankIndex.test(shape), columns.toString())).param("most", most)
				.withFetchSize(FETCHED)
				.query((row) -> {
					each.accept(row(shape, told.size(), row));
				});
		}
	}

	private static DueRow row(TableShape shape, int told, ResultSet row) throws SQLException {
		List<@Nullable String> values = new ArrayList<>();
		for (int i = 0; i < told; i++) {
			values.add(row.getString("value" + i));
		}
		return new DueRow(shape.table().name(), key(shape, row), Instants.ofEpoch(row, "time"), values);
	}

	/** A row's key as one text. */
	static String key(TableShape shape, ResultSet row) throws SQLException {
		List<String> parts = new ArrayList<>();
		for (int i = 0; i < shape.key().size(); i++) {
			parts.add(Objects.requireNonNull(row.getString("key" + i)));
		}
		return KeyText.of(parts);
	}

	@Override
	public Map<@Nullable String, Long> dueBy(String column, int most) {
		Map<@Nullable String, Long> all = new HashMap<>();
		this.shapes.forEach((shape) -> bound(shape, sql(shape).dueBy(this.rankIndex.test(shape), column(shape, column)))
			.param("most", most)
			.query((row) -> {
				all.merge(row.getString("value"), row.getLong("rows"), Long::sum);
			}));
		Map<@Nullable String, Long> first = new LinkedHashMap<>();
		all.entrySet()
			.stream()
			.sorted(Map.Entry.<@Nullable String, Long>comparingByValue().reversed())
			.limit(most)
			.forEach((value) -> first.put(value.getKey(), value.getValue()));
		return first;
	}

	@Override
	public GroupRows group(@Nullable String key, @Nullable String by, int listed) {
		TableShape shape = this.shapes.get(0);
		TableShape.Column column = shape.column(Objects.requireNonNull(this.rule.groupColumn()));
		if (key != null && !this.catalog.isValue(column.type(), key)) {
			throw new InvalidKeyException("a value of " + column.sql() + " (" + column.type() + ")");
		}
		return new GroupLook(this.jdbc, this.catalog, this.rule, this.scope, shape).at(key, by, listed);
	}

	private static String column(TableShape shape, String column) {
		return "t." + shape.column(column).sql();
	}

	private TableSql sql(TableShape shape) {
		return new TableSql(shape, looked(shape));
	}

	private StatementScope looked(TableShape shape) {
		return StatementScope.of(this.rule, this.scope, shape);
	}

	private StatementSpec bound(TableShape shape, String sql) {
		StatementScope looked = looked(shape);
		StatementSpec statement = new Binder(this.jdbc, this.scope, looked, false).narrowed(sql);
		Keep keep = this.rule.keep();
		return looked.ranked() ? statement.param("keep", (keep != null) ? keep.newest() : 0) : statement;
	}

}
