package com.delula.retention.support;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.delula.retention.support.Tables.Column;
import org.jspecify.annotations.Nullable;

/**
 * A row to be; the last word on a column counts.
 *
 * @param <R> the kind of row
 */
public abstract class Row<R extends Row<R>> {

	private final Tables tables;

	private final String table;

	private final Map<String, Value> values = new LinkedHashMap<>();

	Row(Tables tables, String table) {
		this.tables = tables;
		this.table = table;
	}

	@SuppressWarnings("unchecked")
	private R self() {
		return (R) this;
	}

	/** Any column by its name; the text of the value is cast to the column's type. */
	public R value(String column, @Nullable Object value) {
		this.values.put(column, Value.of(value, column(column)));
		return self();
	}

	R at(String column, @Nullable Instant instant) {
		this.values.put(column, Value.at(instant, column));
		return self();
	}

	R ago(String column, Duration age) {
		this.values.put(column, Value.ago(age, column));
		return self();
	}

	private Column column(String name) {
		return this.tables.columns(this.table)
			.stream()
			.filter((column) -> column.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("%s has no column %s".formatted(this.table, name)));
	}

	/** Inserts that many equal rows, in one statement, and returns their ids. */
	public List<String> insertIds(int count) {
		Map<String, String> expressions = new LinkedHashMap<>();
		this.tables.columns(this.table)
			.stream()
			.filter(Column::demanded)
			.forEach((column) -> expressions.put(column.name(), column.filler()));
		this.values.forEach((name, value) -> expressions.put(name, value.sql(column(name))));
		Map<String, @Nullable Object> parameters = new HashMap<>();
		this.values.forEach((name, value) -> parameters.put(name, value.parameter()));
		parameters.put("row_count", count);
		return this.tables.jdbc()
			.sql("""
					INSERT INTO %s (%s) SELECT %s FROM generate_series(1, :row_count)
					RETURNING CAST(id AS text)
					""".formatted(this.table, String.join(", ", expressions.keySet()),
					String.join(", ", expressions.values())))
			.params(parameters)
			.query(String.class)
			.list();
	}

	/**
	 * What a column gets: an expression over the parameter that has the column's name.
	 */
	private record Value(@Nullable Object parameter, boolean time, String expression) {

		static Value of(@Nullable Object value, Column column) {
			return new Value((value != null) ? value.toString() : null, false,
					"CAST(:%s AS %s)".formatted(column.name(), column.type()));
		}

		static Value at(@Nullable Instant instant, String column) {
			return new Value((instant != null) ? instant.toString() : null, true,
					"CAST(:%s AS timestamptz)".formatted(column));
		}

		static Value ago(Duration age, String column) {
			return new Value(age.toString(), true, "now() - CAST(:%s AS interval)".formatted(column));
		}

		String sql(Column column) {
			return this.time ? column.time(this.expression) : this.expression;
		}

	}

}
