package com.delula.retention.statement;

import java.time.Duration;
import java.util.stream.Collectors;

import com.delula.retention.database.SqlTemplate;
import org.jspecify.annotations.Nullable;

/**
 * Renders removals that keep what they remove: one statement that deletes the rows and
 * writes them down. Only for rules with an undo window.
 */
final class UndoSql {

	/**
	 * Has every type written in the form that loses nothing, to the transaction's end.
	 */
	static final String EXACT = """
			SELECT set_config('IntervalStyle', 'postgres', true), set_config('extra_float_digits', '1', true),
				set_config('bytea_output', 'hex', true)
			""";

	/**
	 * Says until when a run can be undone and what is kept, before its first row goes.
	 */
	static final String PROMISE = """
			UPDATE retention_run
			SET undo_until = coalesce(undo_until, clock_timestamp() + make_interval(secs => :undo)),
				undo_columns = coalesce(undo_columns, '{}') || jsonb_build_object(CAST(:table AS text), CAST(:names AS jsonb))
			WHERE id = :run
			""";

	private static final String GONE = """
			WITH gone AS ({remove} RETURNING {group} AS grp, ARRAY[{keys}] AS row_key, {image} AS row_values{returned})""";

	private static final String KEEP = """
			INSERT INTO retention_undo (run_id, table_name, row_key, row_group, removed_at, expires_on, row_values)
				SELECT :run, {table}, gone.row_key, CAST(gone.grp AS text), now(),
					CAST((now() + {undo}) AT TIME ZONE 'UTC' AS date), gone.row_values
				FROM gone""";

	private static final String BY_GROUP = GONE + ", undo AS (" + KEEP + ")\n" + RuleSql.GROUPS_GONE;

	private static final String FOR_KEYS = GONE + "\n" + KEEP + "\nRETURNING row_key[1]";

	private static final String IN_FUNCTION = GONE + ", undo AS (" + KEEP + " RETURNING row_key[1] AS key)\n"
			+ "SELECT count(*), coalesce(array_agg(undo.key), '{}') FROM undo";

	private final SqlTemplate template;

	/**
	 * For one table.
	 * @param group the column that forms groups, by its name; null without
	 * @param image the SQL that makes an array of a row's columns as texts, on the alias
	 * t
	 */
	UndoSql(TableShape shape, @Nullable String group, Duration undo, String image) {
		this.template = new SqlTemplate().with("table", Literals.of(shape.table().name()))
			.with("group", (group != null) ? "t." + shape.column(group).sql() : "CAST(NULL AS text)")
			.with("keys",
					shape.key()
						.stream()
						.map((key) -> "CAST(t." + key.sql() + " AS text)")
						.collect(Collectors.joining(", ")))
			.with("image", image)
			.with("undo", interval(undo));
	}

	/** A duration as an interval of SQL. */
	static String interval(Duration undo) {
		return "make_interval(secs => " + undo.toSeconds() + ")";
	}

	/** The removed rows' count is the update's. */
	String only(String remove) {
		return fill(GONE + "\n" + KEEP, remove);
	}

	/** Counts the removed rows by group and reason, in one row. */
	String byGroup(String remove, ReasonSql reason) {
		return fill(BY_GROUP, remove, reason);
	}

	/** Answers the removed rows' keys, of which there is one column. */
	String forKeys(String remove) {
		return fill(FOR_KEYS, remove);
	}

	/** Answers the removed rows' count and their keys, in one row. */
	String forKeysInFunction(String remove) {
		return fill(IN_FUNCTION, remove);
	}

	private String fill(String sql, String remove) {
		return fill(sql, remove, ReasonSql.NONE);
	}

	private String fill(String sql, String remove, ReasonSql reason) {
		return reason.fill(this.template.copy()).with("remove", remove).fill(sql);
	}

}
