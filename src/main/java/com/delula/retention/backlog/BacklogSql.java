package com.delula.retention.backlog;

/**
 * The statements of the backlog cleanup. A row's time is
 * {@code coalesce(updated_at, created_at, 'infinity')}: without any time it counts as
 * newest. Times, ids and recipes are passed as literals without a type, so that one
 * statement fits every installation; a literal in UTC means the same to {@code timestamp}
 * and to {@code timestamptz}. {@code %referenced} and {@code %unchanged} stand for
 * conditions that depend on the installation, see {@link BacklogStep}.
 */
final class BacklogSql {

	/** Each recipe's failures, the oldest that is kept, and how many are due. */
	static final String REGULAR_STOCK = """
			WITH recipe AS MATERIALIZED (
				SELECT g.recipe_id, count(*) AS failed
				FROM generations g
				WHERE g.user_id = :user AND g.status = 'failed' AND g.recipe_id IS NOT NULL
				GROUP BY g.recipe_id
			)
			SELECT r.recipe_id::text AS recipe_id, r.failed, k.kept_at::text AS kept_at, k.kept_id::text AS kept_id,
				d.due, d.referenced, d.oldest
			FROM recipe r
			LEFT JOIN LATERAL (
				SELECT coalesce(g.updated_at, g.created_at, 'infinity') AS kept_at, g.id AS kept_id
				FROM generations g
				WHERE g.user_id = :user AND g.status = 'failed' AND g.recipe_id = r.recipe_id AND r.failed > :keep
				ORDER BY coalesce(g.updated_at, g.created_at, 'infinity') DESC, g.id DESC
				OFFSET :keep - 1 LIMIT 1
			) k ON true
			CROSS JOIN LATERAL (
				SELECT count(*) FILTER (WHERE NOT %referenced) AS due, count(*) FILTER (WHERE %referenced) AS referenced,
					extract(epoch FROM min(coalesce(g.updated_at, g.created_at)) FILTER (WHERE NOT %referenced)) AS oldest
				FROM generations g
				WHERE g.user_id = :user AND g.status = 'failed' AND g.recipe_id = r.recipe_id
					AND (coalesce(g.updated_at, g.created_at, 'infinity'), g.id) < (k.kept_at, k.kept_id)
					AND coalesce(g.updated_at, g.created_at, 'infinity') < :before
					AND (CAST(:recipeId AS text) IS NULL OR g.recipe_id = :recipeId)
					AND (CAST(:failureReason AS text) IS NULL OR g.failure_reason = :failureReason)
			) d
			""";

	/** The same for the failures without a recipe, which no index finds by equality. */
	static final String REGULAR_STOCK_WITHOUT_RECIPE = REGULAR_STOCK
		.replace("g.recipe_id = r.recipe_id", "g.recipe_id IS NULL")
		.replace("g.recipe_id IS NOT NULL", "g.recipe_id IS NULL");

	/** Each recipe's failures, and how many an emergency removes. */
	static final String EMERGENCY_STOCK = """
			SELECT g.recipe_id::text AS recipe_id, count(*) AS failed, NULL AS kept_at, NULL AS kept_id, NULL AS oldest,
				count(*) FILTER (WHERE NOT %referenced
					AND (CAST(:recipeId AS text) IS NULL OR g.recipe_id = :recipeId)
					AND (CAST(:failureReason AS text) IS NULL OR g.failure_reason = :failureReason)) AS due,
				count(*) FILTER (WHERE %referenced
					AND (CAST(:recipeId AS text) IS NULL OR g.recipe_id = :recipeId)
					AND (CAST(:failureReason AS text) IS NULL OR g.failure_reason = :failureReason)) AS referenced
			FROM generations g
			WHERE g.user_id = :user AND g.status = 'failed'
			GROUP BY g.recipe_id
			""";

	/** The first place of the walk; an emergency's knows no bound. */
	static final String FIRST = """
			SELECT coalesce(g.updated_at, g.created_at, 'infinity')::text AS time, g.id::text AS id
			FROM generations g
			WHERE g.user_id = :user AND g.status = 'failed'
				AND (CAST(:before AS text) = 'infinity' OR coalesce(g.updated_at, g.created_at, 'infinity') < :before)
			ORDER BY coalesce(g.updated_at, g.created_at, 'infinity'), g.id
			LIMIT 1
			""";

	/** The last place of the walk: what fails later sorts behind it or is told apart. */
	static final String LAST = """
			SELECT coalesce(g.updated_at, g.created_at, 'infinity')::text AS time, g.id::text AS id
			FROM generations g
			WHERE g.user_id = :user AND g.status = 'failed'
				AND (CAST(:before AS text) = 'infinity' OR coalesce(g.updated_at, g.created_at, 'infinity') < :before)
			ORDER BY coalesce(g.updated_at, g.created_at, 'infinity') DESC, g.id DESC
			LIMIT 1
			""";

	/** Places along the walk, one from each page of a sample. */
	static final String SAMPLE = """
			SELECT s.time::text AS time, s.id::text AS id
			FROM (SELECT DISTINCT ON (g.tableoid, (g.ctid::text::point)[0])
					coalesce(g.updated_at, g.created_at, 'infinity') AS time, g.id
				FROM generations g TABLESAMPLE SYSTEM (CAST(:percent AS real))
				WHERE g.user_id = :user AND g.status = 'failed' AND (CAST(:before AS text) = 'infinity'
					OR coalesce(g.updated_at, g.created_at, 'infinity') < :before)) s
			ORDER BY s.time, s.id
			""";

	/**
	 * Counts rows off in the order of removal. The innermost limit has it planned for as
	 * many rows as are cut, not for all that are left; it includes the row behind the
	 * last cut.
	 */
	static final String CUT = """
			SELECT c.time::text AS time, c.id::text AS id, c.next_time::text AS next_time, c.next_id::text AS next_id
			FROM (SELECT s.time, s.id, row_number() OVER walk AS n, lead(s.time) OVER walk AS next_time,
					lead(s.id) OVER walk AS next_id
				FROM (SELECT coalesce(g.updated_at, g.created_at, 'infinity') AS time, g.id
					FROM generations g
					WHERE g.user_id = :user AND g.status = 'failed'
						AND coalesce(g.updated_at, g.created_at, 'infinity') >= :firstTime
						AND coalesce(g.updated_at, g.created_at, 'infinity') <= :lastTime
						AND (coalesce(g.updated_at, g.created_at, 'infinity'), g.id) >= (:firstTime, :firstId)
						AND (coalesce(g.updated_at, g.created_at, 'infinity'), g.id) <= (:lastTime, :lastId)
					ORDER BY coalesce(g.updated_at, g.created_at, 'infinity'), g.id
					LIMIT :ahead) s
				WINDOW walk AS (ORDER BY s.time, s.id)) c
			WHERE c.n % :rows = 0 AND c.n < :ahead
			ORDER BY c.time, c.id
			""";

	static final String FORGET_KEPT = "DELETE FROM retention_backlog_kept";

	/** From JSON, because that takes the types of the installation's columns. */
	static final String KEEP = """
			INSERT INTO retention_backlog_kept (run_id, recipe_id, kept_at, kept_id)
			SELECT :run, k.recipe_id, k.kept_at, k.kept_id
			FROM jsonb_populate_recordset(CAST(NULL AS retention_backlog_kept), CAST(:kept AS jsonb)) k
			""";

	/**
	 * A slice in the order of removal; narrowed, and only rows as they were at the start.
	 */
	private static final String IN_SLICE = """
			WHERE g.user_id = :user AND g.status = 'failed'
				AND coalesce(g.updated_at, g.created_at, 'infinity') >= :firstTime
				AND coalesce(g.updated_at, g.created_at, 'infinity') <= :lastTime
				AND (coalesce(g.updated_at, g.created_at, 'infinity'), g.id) >= (:firstTime, :firstId)
				AND (coalesce(g.updated_at, g.created_at, 'infinity'), g.id) <= (:lastTime, :lastId)
				AND (CAST(:recipeId AS text) IS NULL OR g.recipe_id = :recipeId)
				AND (CAST(:failureReason AS text) IS NULL OR g.failure_reason = :failureReason)
				AND %unchanged
			""";

	/**
	 * Old enough and behind the newest of its recipe. Recipes are matched by a text that
	 * no recipe shares with "none", because a join on {@code IS NOT DISTINCT FROM} cannot
	 * be hashed.
	 */
	private static final String BY_RULE = """
				AND coalesce(g.updated_at, g.created_at, 'infinity') < :before
				AND k.run_id = :run
				AND coalesce('=' || k.recipe_id, '') = coalesce('=' || g.recipe_id, '')
				AND (coalesce(g.updated_at, g.created_at, 'infinity'), g.id) < (k.kept_at, k.kept_id)
			""";

	static final String REMOVE_REGULAR = "DELETE FROM generations g USING retention_backlog_kept k " + IN_SLICE
			+ BY_RULE + " AND NOT %referenced RETURNING g.recipe_id";

	static final String REFERENCED_REGULAR = "SELECT count(*) FROM generations g CROSS JOIN retention_backlog_kept k "
			+ IN_SLICE + BY_RULE + " AND %referenced";

	static final String REMOVE_EMERGENCY = "DELETE FROM generations g " + IN_SLICE
			+ " AND NOT %referenced RETURNING g.recipe_id";

	static final String REFERENCED_EMERGENCY = "SELECT count(*) FROM generations g " + IN_SLICE + " AND %referenced";

	/**
	 * A row's version is the one that was there when the run started. A version made by a
	 * transaction that had not ended by then is a retry, or a failure that came later,
	 * even if its columns look the same. Transaction ids are compared by age, because
	 * they wrap around. An age is counted back from the batch's own id, which others
	 * outrun while the batch waits for a lock: no batch lasts for ten million of them,
	 * and an age further below zero is that of a row frozen long ago.
	 */
	static final String UNCHANGED = "(age(g.xmin) NOT BETWEEN -10000000 AND age(CAST(:snapshotEnd AS xid))"
			+ " AND g.xmin <> ALL (CAST(:inProgress AS xid[])))";

	/** The nodes of a cluster number their transactions each for itself. */
	static final String UNCHANGED_BY_TIME = "coalesce(g.updated_at, g.created_at, '-infinity') <= :startedAt";

	/**
	 * The transactions that have not ended, their savepoints among them, which a snapshot
	 * does not list. Asked before the run's snapshot is taken: whatever that does not see
	 * is either listed here or numbered from the end on. Where a transaction has been
	 * open for so long that looking at all since would take seconds, all since count as
	 * not ended.
	 */
	static final String IN_PROGRESS = """
			SELECT CAST(CAST(CAST(CASE WHEN w.many THEN w.low ELSE w.high END AS text) AS xid8) AS xid)::text
					AS snapshot_end,
				CAST(ARRAY(SELECT CAST(CAST(CAST(x AS text) AS xid8) AS xid)
					FROM generate_series(w.low, w.high - 1) AS x
					WHERE NOT w.many AND pg_xact_status(CAST(CAST(x AS text) AS xid8)) = 'in progress') AS text)
					AS in_progress
			FROM (SELECT s.low, s.high, s.high - s.low > 2000000 AS many
				FROM (SELECT CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint) AS low,
					CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS text) AS bigint) AS high) s) w
			""";

	/**
	 * Counts by recipe where the rows are, not here: sending each row's recipe took a
	 * quarter of a batch's time. The counts come in one row, because a small batch has
	 * nearly as many recipes as rows. A cluster takes no such statement, and sends the
	 * rows.
	 */
	static String counted(String remove) {
		return "WITH gone AS (" + remove
				+ ") SELECT coalesce(array_agg(c.recipe_id), '{}') AS recipes, coalesce(array_agg(c.rows), '{}') AS removed"
				+ " FROM (SELECT gone.recipe_id::text AS recipe_id, count(*) AS rows FROM gone GROUP BY gone.recipe_id) c";
	}

	private BacklogSql() {
	}

	/** A statement with the conditions that depend on the installation. */
	static String complete(String sql, boolean distributed, String referenced) {
		return sql.replace("%unchanged", distributed ? UNCHANGED_BY_TIME : UNCHANGED)
			.replace("%referenced", referenced);
	}

}
