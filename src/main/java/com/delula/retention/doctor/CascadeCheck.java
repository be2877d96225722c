package com.delula.retention.doctor;

import java.util.List;

/** Foreign keys by which a removal reaches into other tables. */
final class CascadeCheck implements Check {

	/** Follows cascades from table to table; what they set ends the way. */
	private static final String CASCADES = PurgedTables.WITH_PURGED
			+ """
					, reached AS (
						SELECT c.oid, c.conrelid, c.confdeltype
						FROM pg_constraint c
						WHERE c.contype = 'f' AND c.conparentid = 0 AND c.confdeltype IN ('c', 'n', 'd')
							AND c.confrelid IN (SELECT p.oid FROM purged p)
						UNION
						SELECT c.oid, c.conrelid, c.confdeltype
						FROM reached r
						JOIN pg_constraint c ON c.confrelid = r.conrelid
						WHERE r.confdeltype = 'c' AND c.contype = 'f' AND c.conparentid = 0 AND c.confdeltype IN ('c', 'n', 'd')
					)
					SELECT c.conname AS name, CAST(CAST(c.conrelid AS regclass) AS text) AS from_table,
						CAST(CAST(c.confrelid AS regclass) AS text) AS to_table, c.confdeltype = 'c' AS removes,
						c.conrelid <> c.confrelid AND c.conrelid IN (SELECT p.oid FROM purged p)
							AND c.confrelid IN (SELECT p.oid FROM purged p) AS between_purged,
						regexp_replace(pg_get_constraintdef(c.oid), ' ON DELETE (CASCADE|SET NULL|SET DEFAULT)( \\([^)]*\\))?', '')
							AS definition
					FROM reached r
					JOIN pg_constraint c ON c.oid = r.oid
					ORDER BY 3, 2, 1
					""";

	private final Sight sight;

	private final PurgedTables tables;

	CascadeCheck(Sight sight, PurgedTables tables) {
		this.sight = sight;
		this.tables = tables;
	}

	@Override
	public String id() {
		return "cascade";
	}

	@Override
	public String inOrder() {
		return "No removal cascades into another table";
	}

	@Override
	public List<Finding> look() {
		return this.sight.look((jdbc) -> jdbc.sql(CASCADES)
			.param("tables", this.tables.names())
			.query(Cascade.class)
			.stream()
			.map(this::finding)
			.toList());
	}

	private Finding finding(Cascade cascade) {
		if (!cascade.removes()) {
			return Finding.warning(id(),
					"Removing rows of " + cascade.toTable() + " changes rows of " + cascade.fromTable() + " ("
							+ cascade.name() + ")",
					"Rows that refer to a removed one lose the reference instead of protecting it. No count and no"
							+ " ledger row tells of them.",
					cascade.mend());
		}
		if (cascade.betweenPurged()) {
			return Finding.warning(id(),
					"Removing rows of " + cascade.toTable() + " also removes rows of " + cascade.fromTable() + " ("
							+ cascade.name() + ")",
					"The rule keeps a row while another refers to it. To make sure of that, a batch locks the rows that it"
							+ " looks at; a role without UPDATE on " + cascade.toTable()
							+ " has to keep all writers of " + cascade.fromTable()
							+ " waiting instead. On Citus neither"
							+ " can be done, and a row that arrives in that very moment goes uncounted.",
					cascade.mend());
		}
		return Finding.critical(id(),
				"CLEANUPS REMOVE MORE THAN THE RULES NAME: with rows of " + cascade.toTable() + " go those of "
						+ cascade.fromTable() + " that refer to them (" + cascade.name() + ", ON DELETE CASCADE)",
				"These rows are gone without being counted, shown by a dry run or written to the ledger. Without the"
						+ " cascade they would protect the rows that they refer to.",
				cascade.mend());
	}

	private record Cascade(String name, String fromTable, String toTable, boolean removes, boolean betweenPurged,
			String definition) {

		String mend() {
			return "ALTER TABLE " + this.fromTable + " DROP CONSTRAINT \"" + this.name + "\", ADD CONSTRAINT \""
					+ this.name + "\" " + this.definition + ";";
		}

	}

}
