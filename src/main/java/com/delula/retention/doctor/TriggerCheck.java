package com.delula.retention.doctor;

import java.util.List;

/** Triggers and rules of the purged tables that a removal sets off. */
final class TriggerCheck implements Check {

	/** Bit 8 of a trigger's type is DELETE, bit 1 is FOR EACH ROW. */
	private static final String SET_OFF = PurgedTables.WITH_PURGED
			+ """
					SELECT t.tgname AS name, CAST(CAST(t.tgrelid AS regclass) AS text) AS table_name, (t.tgtype & 1) = 1 AS per_row,
						CAST(CAST(t.tgfoid AS regproc) AS text) AS does,
						format('ALTER TABLE %s DISABLE TRIGGER %I;', CAST(t.tgrelid AS regclass), t.tgname) AS mend
					FROM pg_trigger t
					WHERE t.tgrelid IN (SELECT p.oid FROM purged p) AND NOT t.tgisinternal AND t.tgparentid = 0
						AND t.tgenabled IN ('O', 'A') AND (t.tgtype & 8) = 8
					UNION ALL
					SELECT r.rulename, CAST(CAST(r.ev_class AS regclass) AS text), true, 'a rewrite rule',
						format('DROP RULE %I ON %s;', r.rulename, CAST(r.ev_class AS regclass))
					FROM pg_rewrite r
					WHERE r.ev_class IN (SELECT p.oid FROM purged p) AND r.ev_type = '4' AND r.ev_enabled IN ('O', 'A')
					ORDER BY 2, 1
					""";

	private final Sight sight;

	private final PurgedTables tables;

	TriggerCheck(Sight sight, PurgedTables tables) {
		this.sight = sight;
		this.tables = tables;
	}

	@Override
	public String id() {
		return "trigger";
	}

	@Override
	public String inOrder() {
		return "No trigger or rule is set off by a removal";
	}

	@Override
	public List<Finding> look() {
		return this.sight.look((jdbc) -> jdbc.sql(SET_OFF)
			.param("tables", this.tables.names())
			.query(Act.class)
			.stream()
			.map(this::finding)
			.toList());
	}

	private Finding finding(Act act) {
		return Finding.warning(id(),
				"Each " + (act.perRow() ? "row" : "batch") + " removed from " + act.tableName() + " sets off "
						+ act.name() + " (" + act.does() + ")",
				"It runs in the same transaction as the removal: it makes each batch slower, may change or remove rows"
						+ " that no rule names, may keep rows that are due, and its failure fails the run.",
				"Read what it does; if removed rows need it not: " + act.mend());
	}

	private record Act(String name, String tableName, boolean perRow, String does, String mend) {

	}

}
