package com.delula.retention.statement;

import java.time.Duration;
import java.util.List;

import com.delula.retention.rule.Rule;
import org.jspecify.annotations.Nullable;

/** Where rows that a rule removes are kept for a while. */
final class UndoWindow {

	/**
	 * Stands for the SQL of a row in a function, which finds it out when it is called.
	 */
	private static final String ROW = "<row>";

	private UndoWindow() {
	}

	/**
	 * How long removed rows are kept; null where they are not. A statement over the
	 * shards of a cluster cannot write to another table besides, and a run is undone as a
	 * whole or not at all.
	 */
	static @Nullable Duration of(Rule rule, List<TableShape> shapes) {
		return shapes.stream().anyMatch(TableShape::distributed) ? null : rule.safeguards().undo();
	}

	/** The same as an interval of SQL. */
	static String interval(Rule rule, List<TableShape> shapes) {
		Duration undo = of(rule, shapes);
		return (undo != null) ? UndoSql.interval(undo) : "CAST(NULL AS interval)";
	}

	/**
	 * The removal inside the database.
	 * @param undo how long its rows are kept; null where they are not
	 * @param looks whether it answers the keys of what is gone
	 */
	static String removal(TableSql sql, TableShape shape, Rule rule, @Nullable Duration undo, boolean looks) {
		String delete = sql.delete(false);
		if (undo != null) {
			UndoSql keeping = new UndoSql(shape, rule.groupColumn(), undo, ROW);
			return looks ? keeping.forKeysInFunction(delete) : keeping.only(delete);
		}
		return !looks ? delete : "WITH gone (key) AS (" + sql.removeForKeys(false)
				+ ") SELECT count(*), coalesce(array_agg(gone.key), '{}') FROM gone";
	}

}
