package com.delula.retention.doctor;

import java.util.List;

/** Foreign keys by which a removal deletes or changes rows of other tables. */
final class CascadeCheck implements Check {

	/** Follows cascades from table to table, up to foreign keys that only set columns. */
	private static final String CASCADES = RuleTables.WITH_RULE_TABLES
			+ """
					, reached AS (
						SELECT c.oid, c.conrelid, c.confdeltype, p.name AS root
						FROM pg_constraint c
						JOIN rule_table p ON p.oid = c.confrelid
						WHERE c.contype = 'f' AND c.conparentid = 0 AND c.confdeltype IN ('c', 'n', 'd')
						UNION
						SELECT c.oid, c.conrelid, c.confdeltype, r.root
						FROM reached r
						JOIN pg_constraint c ON c.confrelid = r.conrelid
						WHERE r.confdeltype = 'c' AND c.contype = 'f' AND c.conparentid = 0 AND c.confdeltype IN ('c', 'n', 'd')
					)
					SELECT c.conname AS name, CAST(CAST(c.conrelid AS regclass) AS text) AS from_table,
						CAST(CAST(c.confrelid AS regclass) AS text) AS to_table, c.confdeltype = 'c' AS removes,
						c.conrelid <> c.confrelid AND c.conrelid IN (SELECT p.oid FROM rule_table p)
							AND c.confrelid IN (SELECT p.oid FROM rule_table p) AS between_rule_tables,
						regexp_replace(pg_get_constraintdef(c.oid), ' ON DELETE (CASCADE|SET NULL|SET DEFAULT)( \\([^)]*\\))?', '')
							AS definition, r.roots
					FROM (SELECT x.oid, string_agg(DISTINCT x.root, ',') AS roots FROM reached x GROUP BY x.oid) r
					JOIN pg_constraint c ON c.oid = r.oid
					ORDER BY 3, 2, 1
					""";

	private final ReadOnlyDatabase database;

	private final RuleTables tables;

	CascadeCheck(ReadOnlyDatabase database, RuleTables tables) {
		this.database = database;
		this.tables = tables;
	}

	@Override
	public String id() {
		return "cascade";
	}

	@Override
	public String passed() {
		return "No foreign key extends a removal to another table";
	}

	@Override
	public List<Finding> run() {
		return this.database.read((jdbc) -> jdbc.sql(CASCADES)
			.param("tables", this.tables.names())
			.query(Cascade.class)
			.stream()
			.map(this::finding)
			.toList());
	}

	private Finding finding(Cascade cascade) {
		if (!cascade.removes()) {
			return Finding.warning(id(),
					"Deleting " + cascade.toTable() + " also changes rows in " + cascade.fromTable() + " ("
							+ cascade.name() + ")",
					"Rows that refer to a removed row lose their reference instead of protecting it. These changes are not"
							+ " counted or recorded in the ledger.",
					cascade.fix());
		}
		if (cascade.betweenRuleTables()) {
			return Finding.warning(id(),
					"Deleting " + cascade.toTable() + " can also delete rows in " + cascade.fromTable() + " ("
							+ cascade.name() + ", ON DELETE CASCADE)",
					"The rule keeps a row while another refers to it. To guarantee that, each batch locks the rows that it"
							+ " checks; if the role lacks UPDATE on " + cascade.toTable() + ", it blocks writers of "
							+ cascade.fromTable()
							+ " instead. On Citus neither is possible, and a row that arrives at that moment is deleted"
							+ " without being counted.",
					cascade.fix());
		}
		return removesOthers(cascade).about(List.of(cascade.roots().split(",")));
	}

	private Finding removesOthers(Cascade cascade) {
		return Finding.critical(id(),
				"Deleting " + cascade.toTable() + " also deletes rows in " + cascade.fromTable() + " (" + cascade.name()
						+ ", ON DELETE CASCADE)",
				"No rule names these rows. They are deleted without being counted, shown in a dry run, recorded in"
						+ " the ledger or kept for a restore. Without the cascade they would protect the rows that they refer to.",
				cascade.fix());
	}

	private record Cascade(String name, String fromTable, String toTable, boolean removes, boolean betweenRuleTables,
			String definition, String roots) {

		String fix() {
			return "ALTER TABLE " + this.fromTable + " DROP CONSTRAINT \"" + this.name + "\", ADD CONSTRAINT \""
					+ this.name + "\" " + this.definition + ";";
		}

	}

}
