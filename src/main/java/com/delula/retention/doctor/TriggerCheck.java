package com.delula.retention.doctor;

import java.util.List;

/** Triggers and rewrite rules that a removal fires. */
final class TriggerCheck implements Check {

	/** Bit 8 of a trigger's type is DELETE, bit 1 is FOR EACH ROW. */
	private static final String FIRED = RuleTables.WITH_RULE_TABLES
			+ """
					SELECT t.tgname AS name, CAST(CAST(t.tgrelid AS regclass) AS text) AS table_name, (t.tgtype & 1) = 1 AS per_row,
						CAST(CAST(t.tgfoid AS regproc) AS text) AS does,
						format('ALTER TABLE %s DISABLE TRIGGER %I;', CAST(t.tgrelid AS regclass), t.tgname) AS fix
					FROM pg_trigger t
					WHERE t.tgrelid IN (SELECT p.oid FROM rule_table p) AND NOT t.tgisinternal AND t.tgparentid = 0
						AND t.tgenabled IN ('O', 'A') AND (t.tgtype & 8) = 8
					UNION ALL
					SELECT r.rulename, CAST(CAST(r.ev_class AS regclass) AS text), true, 'a rewrite rule',
						format('DROP RULE %I ON %s;', r.rulename, CAST(r.ev_class AS regclass))
					FROM pg_rewrite r
					WHERE r.ev_class IN (SELECT p.oid FROM rule_table p) AND r.ev_type = '4' AND r.ev_enabled IN ('O', 'A')
					ORDER BY 2, 1
					""";

	private final ReadOnlyDatabase database;

	private final RuleTables tables;

	TriggerCheck(ReadOnlyDatabase database, RuleTables tables) {
		this.database = database;
		this.tables = tables;
	}

	@Override
	public String id() {
		return "trigger";
	}

	@Override
	public String passed() {
		return "No trigger or rewrite rule fires when rows are removed";
	}

	@Override
	public List<Finding> run() {
		return this.database.read((jdbc) -> jdbc.sql(FIRED)
			.param("tables", this.tables.names())
			.query(Fired.class)
			.stream()
			.map(this::finding)
			.toList());
	}

	private Finding finding(Fired fired) {
		return Finding.warning(id(),
				"Each " + (fired.perRow() ? "row" : "batch") + " removed from " + fired.tableName() + " fires "
						+ fired.name() + (fired.does().equals(fired.name()) ? "" : " (" + fired.does() + ")"),
				"It runs in the same transaction as the removal. It slows each batch down, may change or remove rows"
						+ " that no rule names, may keep rows that are due, and fails the run if it fails.",
				"-- Review what it does. If removed rows do not need it:\n" + fired.fix());
	}

	private record Fired(String name, String tableName, boolean perRow, String does, String fix) {

	}

}
