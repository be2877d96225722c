package com.delula.retention.doctor;

import java.util.List;

import com.delula.retention.rule.Quantity;

/** Foreign keys without an index that refer to a rule's table. */
final class ForeignKeyCheck implements Check {

	/**
	 * An index helps if it starts with the foreign key's columns, in any order; a partial
	 * one only if it excludes nothing but nulls.
	 */
	private static final String WITHOUT_INDEX = RuleTables.WITH_RULE_TABLES + """
			, keys AS (
				SELECT c.conname, c.conrelid, c.confrelid, c.conkey, r.relkind = 'p' AS partitioned,
					CAST(greatest(r.reltuples, 0) AS bigint) AS rows,
					(SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY k.position)
						FROM unnest(c.conkey) WITH ORDINALITY AS k (attnum, position)
						JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum) AS columns
				FROM pg_constraint c
				JOIN pg_class r ON r.oid = c.conrelid
				WHERE c.contype = 'f' AND c.conparentid = 0 AND c.confrelid IN (SELECT p.oid FROM rule_table p)
			)
			SELECT k.conname AS name, CAST(CAST(k.conrelid AS regclass) AS text) AS from_table,
				CAST(CAST(k.confrelid AS regclass) AS text) AS to_table, k.columns, k.partitioned, k.rows
			FROM keys k
			WHERE NOT EXISTS (SELECT
				FROM pg_index i
				JOIN pg_class x ON x.oid = i.indexrelid
				JOIN pg_am m ON m.oid = x.relam
				WHERE i.indrelid = k.conrelid AND i.indisvalid AND m.amname IN ('btree', 'hash')
					AND (i.indpred IS NULL OR pg_get_expr(i.indpred, i.indrelid) = '(' || k.columns || ' IS NOT NULL)')
					AND (CAST(i.indkey AS int2[]))[0 : cardinality(k.conkey) - 1] @> k.conkey)
			ORDER BY k.rows DESC, k.conname
			""";

	private final ReadOnlyDatabase database;

	private final RuleTables tables;

	ForeignKeyCheck(ReadOnlyDatabase database, RuleTables tables) {
		this.database = database;
		this.tables = tables;
	}

	@Override
	public String id() {
		return "foreign-key-index";
	}

	@Override
	public String passed() {
		return "Every foreign key that refers to a rule's table has an index";
	}

	@Override
	public List<Finding> run() {
		return this.database.read((jdbc) -> jdbc.sql(WITHOUT_INDEX)
			.param("tables", this.tables.names())
			.query(Key.class)
			.stream()
			.map(this::finding)
			.toList());
	}

	private Finding finding(Key key) {
		String concurrently = key.partitioned() ? "" : "CONCURRENTLY ";
		return Finding.warning(id(),
				"The foreign key " + key.name() + " of " + key.fromTable() + " (" + key.columns()
						+ "), which refers to " + key.toTable() + ", has no index",
				"For each row removed from " + key.toTable() + ", PostgreSQL scans all of " + key.fromTable()
						+ " (about " + Quantity.of(key.rows()) + " rows) for references.",
				"CREATE INDEX " + concurrently + "ON " + key.fromTable() + " (" + key.columns() + ");");
	}

	private record Key(String name, String fromTable, String toTable, String columns, boolean partitioned, long rows) {

	}

}
