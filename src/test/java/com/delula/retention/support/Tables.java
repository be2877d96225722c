package com.delula.retention.support;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.jdbc.core.simple.JdbcClient;

/** What the tables of this installation demand, read from its catalog once. */
final class Tables {

	private final JdbcClient jdbc;

	private final Map<String, List<Column>> tables = new ConcurrentHashMap<>();

	Tables(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	JdbcClient jdbc() {
		return this.jdbc;
	}

	List<Column> columns(String table) {
		return this.tables.computeIfAbsent(table, this::readColumns);
	}

	private List<Column> readColumns(String table) {
		return this.jdbc.sql("""
				SELECT attname AS name, format_type(atttypid, atttypmod) AS type,
				       attnotnull AND NOT atthasdef AND attidentity = '' AS demanded
				FROM pg_attribute
				WHERE attrelid = CAST(:table AS regclass) AND attnum > 0 AND NOT attisdropped
				ORDER BY attnum
				""").param("table", table).query(Column.class).list();
	}

	record Column(String name, String type, boolean demanded) {

		/** Adapts an expression of type {@code timestamptz}. */
		String time(String expression) {
			return (this.type.startsWith("timestamp") && this.type.endsWith("without time zone"))
					? "(" + expression + ") AT TIME ZONE 'utc'" : expression;
		}

		/** Something that the column takes, for a test that does not care. */
		String filler() {
			if (this.type.startsWith("timestamp")) {
				return time("now()");
			}
			if (this.type.startsWith("json")) {
				return "'{}'";
			}
			if (this.name.equals("id") || this.type.equals("uuid")) {
				return "CAST(gen_random_uuid() AS %s)".formatted(this.type);
			}
			return "CAST('%s' AS %s)".formatted(isText() ? "x" : "1", this.type);
		}

		private boolean isText() {
			return this.type.startsWith("text") || this.type.startsWith("character");
		}

	}

}
