package com.delula.retention.installation;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import com.delula.retention.database.SqlFault;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads PostgreSQL's system catalogs. */
public class Catalog {

	/** The tables that are the service's alone. */
	public static final List<String> OWN_TABLES = List.of("retention_run", "retention_lock", "retention_task",
			"retention_kept", "retention_batch", "retention_sample", "retention_instance", "retention_secret",
			"retention_ended_session", "retention_policy", "retention_policy_change", "retention_webhook",
			"retention_notification", "retention_alarm", "retention_undo", "retention_arrival", "retention_run_day");

	/** Names a table's columns; {@code :table}. */
	public static final String COLUMNS = """
			SELECT a.attname
			FROM pg_attribute a
			WHERE a.attrelid = to_regclass(:table) AND a.attnum > 0 AND NOT a.attisdropped
			""";

	private static final String COLUMN_TYPE = """
			SELECT format_type(a.atttypid, NULL)
			FROM pg_attribute a
			WHERE a.attrelid = to_regclass(:table) AND a.attname = :column AND NOT a.attisdropped
			""";

	/** Of citext "A" and "a" are equal, of interval 24 hours and a day. */
	private static final String WRITTEN_ALIKE = """
			SELECT b.typname NOT IN ('citext', 'interval', 'jsonb') AND coalesce(c.collisdeterministic, true)
			FROM pg_attribute a
			JOIN pg_type t ON t.oid = a.atttypid
			JOIN pg_type b ON b.oid = CASE t.typbasetype WHEN 0 THEN t.oid ELSE t.typbasetype END
			LEFT JOIN pg_collation c ON c.oid = a.attcollation
			WHERE a.attrelid = to_regclass(:table) AND a.attname = :column
			""";

	private static final String SQL_NAME = "SELECT coalesce(to_regclass(:table)::text, :table)";

	/** "character" and "bit" without a length would mean a length of one. */
	private static final String COLUMNS_OF = """
			SELECT a.attname AS name, quote_ident(a.attname) AS sql,
				CASE format_type(a.atttypid, NULL) WHEN 'character' THEN 'bpchar' WHEN 'bit' THEN 'varbit'
					ELSE format_type(a.atttypid, NULL) END AS type,
				NOT a.attnotnull AS nullable
			FROM pg_attribute a
			WHERE a.attrelid = to_regclass(:table) AND a.attnum > 0 AND NOT a.attisdropped
			ORDER BY a.attnum
			""";

	private static final String PRIMARY_KEY = """
			SELECT a.attname
			FROM pg_index i
			CROSS JOIN unnest(i.indkey) WITH ORDINALITY AS k (attnum, position)
			JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
			WHERE i.indrelid = to_regclass(:table) AND i.indisprimary
			ORDER BY k.position
			""";

	/** The modifier of a {@code varchar(n)} is n and the four bytes of its header. */
	public static final String MAX_LENGTH = """
			SELECT a.atttypmod - 4
			FROM pg_attribute a
			WHERE a.attrelid = to_regclass(:table) AND a.attname = :column AND NOT a.attisdropped
				AND a.atttypid IN ('varchar'::regtype, 'bpchar'::regtype) AND a.atttypmod > 4
			""";

	private static final String MISSING_PRIVILEGES = """
			SELECT p.privilege
			FROM unnest(string_to_array(:privileges, ',')) AS p (privilege)
			WHERE NOT has_table_privilege(to_regclass(:table), p.privilege)
			""";

	/** A serial column takes its values from a sequence with privileges of its own. */
	private static final String FORBIDDEN_SEQUENCES = """
			SELECT s.name
			FROM (SELECT pg_get_serial_sequence(CAST(CAST(a.attrelid AS regclass) AS text), a.attname) AS name
				FROM pg_attribute a
				WHERE a.attrelid = to_regclass(:table) AND a.attnum > 0 AND NOT a.attisdropped
					AND a.atthasdef AND a.attidentity = '') s
			WHERE s.name IS NOT NULL AND NOT has_sequence_privilege(s.name, 'USAGE, UPDATE')
			""";

	/** Names the columns that an INSERT has to give a value; {@code :table}. */
	public static final String WITHOUT_DEFAULT = """
			SELECT a.attname
			FROM pg_attribute a
			WHERE a.attrelid = to_regclass(:table) AND a.attnum > 0 AND NOT a.attisdropped
				AND a.attnotnull AND NOT a.atthasdef AND a.attidentity = ''
			""";

	private static final String VALID = """
			SELECT i.indisvalid
			FROM pg_class c
			JOIN pg_index i ON i.indexrelid = c.oid
			WHERE c.relname = :name AND i.indrelid = to_regclass(:table)
			""";

	private static final String SERVED = """
			SELECT EXISTS (SELECT FROM pg_index i
				WHERE i.indrelid = to_regclass(:table) AND i.indisvalid AND i.indpred IS NULL
					AND (SELECT string_agg(coalesce(a.attname, ''), ',' ORDER BY k.position)
						FROM unnest(i.indkey) WITH ORDINALITY AS k (attnum, position)
						LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum)
						|| ',' LIKE :columns || ',%')
			""";

	private static final String HAS_CITUS = "SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus')";

	private static final String DISTRIBUTED = """
			SELECT EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = to_regclass(:table))
			""";

	private final JdbcClient jdbc;

	public Catalog(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** The foreign keys between tables. */
	public ForeignKeys foreignKeys() {
		return new ForeignKeys(this.jdbc);
	}

	/** The table's columns; empty if there is no such table. */
	public Set<String> columns(String table) {
		return new TreeSet<>(this.jdbc.sql(COLUMNS).param("table", table).query(String.class).list());
	}

	/** The table's name as SQL writes it; as it was given if there is no such table. */
	public String sqlName(String table) {
		return this.jdbc.sql(SQL_NAME).param("table", table).query(String.class).single();
	}

	/** The table's columns with their types; empty if there is no such table. */
	public List<CatalogColumn> columnsOf(String table) {
		return this.jdbc.sql(COLUMNS_OF).param("table", table).query(CatalogColumn.class).list();
	}

	/** The columns of the table's primary key, in order; empty if it has none. */
	public List<String> primaryKey(String table) {
		return this.jdbc.sql(PRIMARY_KEY).param("table", table).query(String.class).list();
	}

	/**
	 * How many characters a column takes; the greatest number where there is no limit.
	 */
	public int maxLength(String table, String column) {
		return this.jdbc.sql(MAX_LENGTH)
			.param("table", table)
			.param("column", column)
			.query(Integer.class)
			.optional()
			.orElse(Integer.MAX_VALUE);
	}

	/** The type of a column as SQL writes it; empty if there is none. */
	public String columnType(String table, String column) {
		return this.jdbc.sql(COLUMN_TYPE)
			.param("table", table)
			.param("column", column)
			.query(String.class)
			.optional()
			.orElse("");
	}

	/**
	 * Whether values of a column that are equal have the same text, as far as types tell.
	 */
	public boolean isWrittenAlike(String table, String column) {
		return this.jdbc.sql(WRITTEN_ALIKE).param("table", table).param("column", column).query(Boolean.class).single();
	}

	/**
	 * Whether PostgreSQL understands what a query selects.
	 * @param selected SQL that reads no table
	 */
	public boolean accepts(String selected) {
		return accepts(this.jdbc.sql("SELECT " + selected));
	}

	/** Whether a text is a value of a type, written as SQL writes it. */
	public boolean isValue(String type, String value) {
		return accepts(
				this.jdbc.sql("SELECT CAST(CAST(:value AS text) AS " + type + ") IS NULL").param("value", value));
	}

	private static boolean accepts(JdbcClient.StatementSpec statement) {
		try {
			statement.query().listOfRows();
			return true;
		}
		catch (DataAccessException ex) {
			if (SqlFault.of(ex) == SqlFault.OTHER) {
				return false;
			}
			throw ex;
		}
	}

	/** Those of the privileges that the current role lacks. */
	public List<String> missingPrivileges(String table, List<String> privileges) {
		return this.jdbc.sql(MISSING_PRIVILEGES)
			.param("table", table)
			.param("privileges", String.join(",", privileges))
			.query(String.class)
			.list();
	}

	/** Sequences that an INSERT takes values from and the current role may not use. */
	public List<String> forbiddenSequences(String table) {
		return this.jdbc.sql(FORBIDDEN_SEQUENCES).param("table", table).query(String.class).list();
	}

	/** Columns that an INSERT has to give a value. */
	public List<String> columnsWithoutDefault(String table) {
		return this.jdbc.sql(WITHOUT_DEFAULT).param("table", table).query(String.class).list();
	}

	/** Whether the table's index of that name can be used; empty if it has none. */
	public Optional<Boolean> isValidIndex(String table, String name) {
		return this.jdbc.sql(VALID).param("table", table).param("name", name).query(Boolean.class).optional();
	}

	/** Whether the index, or another that serves as well, is there and can be used. */
	public boolean isServed(RequiredIndex index) {
		return isValidIndex(index.table(), index.name()).orElse(false)
				|| (!index.servedBy().isEmpty() && this.jdbc.sql(SERVED)
					.param("table", index.table())
					.param("columns", String.join(",", index.servedBy()))
					.query(Boolean.class)
					.single());
	}

	/** Whether the table is spread over the nodes of a Citus cluster. */
	public boolean isDistributed(String table) {
		return this.jdbc.sql(HAS_CITUS).query(Boolean.class).single()
				&& this.jdbc.sql(DISTRIBUTED).param("table", table).query(Boolean.class).single();
	}

}
