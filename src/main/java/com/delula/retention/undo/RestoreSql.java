package com.delula.retention.undo;

/**
 * The statements that put back rows of one table, with what is in braces filled in by
 * {@link RestoreTable}. The alias u is a kept row.
 */
final class RestoreSql {

	/** The rows of the run, in the partitions that have any. */
	static final String WINDOW = """
			u.run_id = :of AND u.table_name = :table AND u.expires_on BETWEEN '{firstDay}' AND '{lastDay}'""";

	private static final String SLICE = WINDOW
			+ " AND u.row_key >= CAST(:first AS text[]) AND u.row_key <= CAST(:last AS text[])";

	/** What is kept, and what of that could be put back. */
	static final String STOCK = "SELECT count(*) AS kept, count(*) FILTER (WHERE NOT {taken} AND {parentsThen}) AS free\n"
			+ "FROM retention_undo u\nWHERE " + WINDOW;

	static final String FIRST = "SELECT u.row_key FROM retention_undo u WHERE " + WINDOW
			+ " ORDER BY u.row_key LIMIT 1";

	static final String LAST = "SELECT u.row_key FROM retention_undo u WHERE " + WINDOW
			+ " ORDER BY u.row_key DESC LIMIT 1";

	static final String KEYS = "SELECT u.row_key FROM retention_undo u WHERE " + SLICE + " ORDER BY u.row_key";

	static final String COUNT = "SELECT count(*) FROM retention_undo u WHERE " + SLICE;

	/** Counts rows off in the order of their keys. */
	static final String CUT = """
			SELECT c.row_key, c.next_key
			FROM (SELECT s.row_key, row_number() OVER walk AS n, lead(s.row_key) OVER walk AS next_key
				FROM (SELECT u.row_key FROM retention_undo u WHERE""" + " " + SLICE + """
			 ORDER BY u.row_key LIMIT :ahead) s
				WINDOW walk AS (ORDER BY s.row_key)) c
			WHERE c.n % :rows = 0 AND c.n < :ahead
			ORDER BY c.row_key
			""";

	/**
	 * Before a slice is put back. Where the planner expects more keys than fit into
	 * memory, it would look through all of them for each row instead of hashing them:
	 * here some two million fit, more than a batch has.
	 */
	static final String BEGIN = "SET LOCAL work_mem = '64MB'; SAVEPOINT put_back";

	/**
	 * Puts a slice back: what went in leaves the undo window in the same statement. Tells
	 * how many went in, and how many rows with how many keys left, by group and reason.
	 * IS TRUE keeps the planner from making a join of IN: without statistics, as in a
	 * partition that was just filled, it would be a nested loop, and a batch cost the
	 * square of its rows.
	 */
	static final String PUT_BACK = """
			WITH put AS (
				INSERT INTO {name} AS t ({columns}) OVERRIDING SYSTEM VALUE
				SELECT {values}
				FROM retention_undo u
				WHERE""" + " " + SLICE + " AND {parents}" + """
			{conflicts}
				RETURNING ARRAY[{keys}] AS row_key),
			cleared AS (
				DELETE FROM retention_undo u
				WHERE""" + " " + SLICE + " AND (u.row_key IN (SELECT put.row_key FROM put)) IS TRUE" + """

				RETURNING u.row_key, u.row_group, {reason} AS reason)
			SELECT (SELECT count(*) FROM put) AS put, (SELECT count(*) FROM cleared) AS cleared,
				(SELECT count(DISTINCT row_key) FROM cleared) AS keys, g.groups, g.rows, g.reasons
			FROM (SELECT coalesce(array_agg(c.row_group), '{}') AS groups, coalesce(array_agg(c.rows), '{}') AS rows,
					coalesce(array_agg(c.reason), '{}') AS reasons
				FROM (SELECT row_group, reason, count(DISTINCT row_key) AS rows FROM cleared GROUP BY 1, 2) c) g
			""";

	/** Where a constraint that may be deferred keeps ON CONFLICT from being used. */
	static final String UNLESS_TAKEN = " AND NOT %s";

	static final String ON_CONFLICT = "\n	ON CONFLICT DO NOTHING";

	/** What stayed out of a slice, and why. */
	static final String LEFT_OUT = """
			SELECT count(*) OVER () AS rows, u.row_key,
				CASE WHEN {parents} THEN 'key-taken' ELSE 'parent-missing' END AS reason
			FROM retention_undo u
			WHERE""" + " " + SLICE + """

			ORDER BY u.row_key
			LIMIT :listed
			""";

	/** Lists it with the run, in the transaction that counts it. */
	static final String LIST = """
			UPDATE retention_run
			SET left_out = jsonb_path_query_array(coalesce(left_out, '[]') || CAST(:more AS jsonb),
				CAST(:range AS jsonpath))
			WHERE id = :run
			""";

	private RestoreSql() {
	}

}
