package com.delula.retention.installation;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads from the system catalogs how a table's rows are written down as texts, one for
 * each column, and put back.
 */
public final class RowCatalog {

	/**
	 * The SQL that makes an array of a row's columns as texts, on the alias t, and the
	 * columns' names as JSON; {@code :table}. The texts are those that pg_dump would
	 * write. What is generated is left out.
	 */
	public static final String IMAGE = """
			SELECT 'ARRAY[' || string_agg('CAST(t.' || quote_ident(a.attname) || ' AS text)', ', ' ORDER BY a.attnum) || ']'
				AS texts, CAST(jsonb_agg(CAST(a.attname AS text) ORDER BY a.attnum) AS text) AS names
			FROM pg_attribute a
			WHERE a.attrelid = to_regclass(:table) AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
			""";

	/** "character" and "bit" without a length would mean a length of one. */
	private static final String WRITABLE = """
			SELECT a.attname AS name, quote_ident(a.attname) AS sql,
				CASE format_type(a.atttypid, NULL) WHEN 'character' THEN 'bpchar' WHEN 'bit' THEN 'varbit'
					ELSE format_type(a.atttypid, NULL) END AS type
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

	/** As the planner expects; a share of the rows where they grow with the table. */
	private static final String DISTINCT = """
			SELECT CASE WHEN s.n_distinct < 0 THEN -s.n_distinct * greatest(c.reltuples, 0) ELSE s.n_distinct END
			FROM pg_class c
			JOIN pg_namespace n ON n.oid = c.relnamespace
			JOIN pg_stats s ON s.schemaname = n.nspname AND s.tablename = c.relname AND s.attname = :column
			WHERE c.oid = to_regclass(:table)
			ORDER BY s.inherited DESC
			LIMIT 1
			""";

	private final JdbcClient jdbc;

	public RowCatalog(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** How a row of the table is written down, on the alias t. */
	public Image image(String table) {
		return this.jdbc.sql(IMAGE).param("table", table).query(Image.class).single();
	}

	/** About how many values a column has; 0 where nobody knows. */
	public long distinctValues(String table, String column) {
		return this.jdbc.sql(DISTINCT)
			.param("table", table)
			.param("column", column)
			.query(Double.class)
			.optional()
			.orElse(0.0)
			.longValue();
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
	 * How a row is written down.
	 *
	 * @param texts the SQL of an array of its columns as texts
	 * @param names the columns' names, in the same order, as JSON
	 */
	public record Image(String texts, String names) {

	}

	/**
	 * A column that can be given a value.
	 *
	 * @param name its name
	 * @param sql its name as SQL writes it
	 * @param type its type as SQL writes it, without a length or precision: a text that
	 * is too long for the column is refused and not cut
	 */
	public record Writable(String name, String sql, String type) {

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
