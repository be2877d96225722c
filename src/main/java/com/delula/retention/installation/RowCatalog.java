package com.delula.retention.installation;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads from the system catalogs how a table's rows are written down as texts, one for
 * each column, and put back.
 */
public final class RowCatalog {

	/**
	 * The SQL that makes a JSON object of a row, on the alias t; {@code :table}. Its
	 * values are the texts that pg_dump would write. What is generated is left out.
	 */
	public static final String IMAGE = """
			SELECT 'jsonb_object(ARRAY[' || string_agg(quote_literal(a.attname), ', ' ORDER BY a.attnum)
				|| '], ARRAY[' || string_agg('CAST(t.' || quote_ident(a.attname) || ' AS text)', ', ' ORDER BY a.attnum) || '])'
			FROM pg_attribute a
			WHERE a.attrelid = to_regclass(:table) AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
			""";

	/** "character" and "bit" without a length would mean a length of one. */
	private static final String WRITABLE = """
			SELECT a.attname AS name, quote_ident(a.attname) AS sql,
				'CAST(u.row_data ->> ' || quote_literal(a.attname) || ' AS '
					|| CASE format_type(a.atttypid, NULL) WHEN 'character' THEN 'bpchar' WHEN 'bit' THEN 'varbit'
						ELSE format_type(a.atttypid, NULL) END || ')' AS value
			FROM pg_attribute a
			WHERE a.attrelid = to_regclass(:table) AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
			ORDER BY a.attnum
			""";

	/** {@code ON CONFLICT} does not work with these. */
	private static final String DEFERRABLE = """
			SELECT EXISTS (SELECT FROM pg_index i
				WHERE i.indrelid = to_regclass(:table) AND (i.indisunique OR i.indisexclusion) AND NOT i.indimmediate)
			""";

	/**
	 * Foreign keys that point from a table at others, but for itself. Those that the role
	 * may not follow are left to the database.
	 */
	private static final String PARENTS = """
			SELECT CAST(c.conrelid AS regclass)::text AS child, CAST(c.confrelid AS regclass)::text AS parent,
				array_agg(CAST(f.attname AS text) ORDER BY pair.place) AS columns,
				array_agg(CAST(k.attname AS text) ORDER BY pair.place) AS keys
			FROM pg_constraint c
			CROSS JOIN unnest(c.conkey, c.confkey) WITH ORDINALITY AS pair (fk, pk, place)
			JOIN pg_attribute f ON f.attrelid = c.conrelid AND f.attnum = pair.fk
			JOIN pg_attribute k ON k.attrelid = c.confrelid AND k.attnum = pair.pk
			WHERE c.contype = 'f' AND c.conrelid = to_regclass(:table) AND c.confrelid <> c.conrelid AND c.conparentid = 0
				AND has_table_privilege(c.confrelid, 'SELECT')
			GROUP BY c.oid, c.conrelid, c.confrelid
			ORDER BY c.oid
			""";

	private final JdbcClient jdbc;

	public RowCatalog(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** The SQL that makes a JSON object of a row of the table, on the alias t. */
	public String image(String table) {
		return this.jdbc.sql(IMAGE).param("table", table).query(String.class).single();
	}

	/** The columns that can be given a value, in order. */
	public List<Writable> writable(String table) {
		return this.jdbc.sql(WRITABLE).param("table", table).query(Writable.class).list();
	}

	/** Whether {@code ON CONFLICT DO NOTHING} would fail on the table. */
	public boolean hasDeferrableKey(String table) {
		return this.jdbc.sql(DEFERRABLE).param("table", table).query(Boolean.class).single();
	}

	/** The foreign keys by which rows of the table need rows of others. */
	public List<Parent> parents(String table) {
		return this.jdbc.sql(PARENTS)
			.param("table", table)
			.query((row, index) -> new Parent(row.getString("parent"),
					List.of((String[]) row.getArray("columns").getArray()),
					List.of((String[]) row.getArray("keys").getArray())))
			.list();
	}

	/**
	 * A column that can be given a value. A length or precision is left to the column, so
	 * that a text that is too long is refused and not cut.
	 *
	 * @param name its name
	 * @param sql its name as SQL writes it
	 * @param value its value as SQL, from the JSON object {@code u.row_data}
	 */
	public record Writable(String name, String sql, String value) {

	}

	/**
	 * A foreign key.
	 *
	 * @param table the table that it points at, as SQL writes it
	 * @param columns the columns that refer
	 * @param keys the columns that they refer to, in the same order
	 */
	public record Parent(String table, List<String> columns, List<String> keys) {

	}

}
