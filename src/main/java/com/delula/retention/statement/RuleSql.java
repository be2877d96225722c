package com.delula.retention.statement;

/**
 * The statements of all rules, each once. Times and keys are passed as literals without a
 * type, so that one statement fits whatever types an installation has; a literal in UTC
 * means the same to {@code timestamp} and to {@code timestamptz}. What is in braces is
 * filled in by {@link TableSql}.
 */
final class RuleSql {

	/**
	 * What a rule finds, by group: 1 is a row that can go, 2 one that is due and held by
	 * others.
	 */
	static final String STOCK = """
			{with}SELECT CAST(r.grp AS text) AS grp, count(*) AS candidates, count(*) FILTER (WHERE r.fate = 1) AS due,
				count(*) FILTER (WHERE r.fate = 2) AS referenced,
				extract(epoch FROM min(r.time) FILTER (WHERE r.fate = 1)) AS oldest{aheadSums}
			FROM (SELECT {group} AS grp, {time} AS time,
					CASE WHEN {due} THEN CASE WHEN {heldInStock} THEN 2 ELSE 1 END END AS fate{ahead}
				FROM {table} t{keptJoin}{childJoins}{aheadJoins}
				WHERE {candidates}{counted}) r
			GROUP BY r.grp
			""";

	/**
	 * The same where an index by group is there and nothing holds rows: rows are counted
	 * by group in its order, and of each group those among the newest are taken off
	 * again. To join each row with what its group keeps took four times as long.
	 */
	static final String STOCK_BY_INDEX = """
			{with}SELECT CAST(g.grp AS text) AS grp, g.candidates, g.aged - coalesce(n.rows, g.aged) AS due, 0 AS referenced,
				extract(epoch FROM CASE WHEN g.aged > coalesce(n.rows, g.aged) THEN g.oldest END) AS oldest
			FROM (SELECT {group} AS grp, count(*) AS candidates, count(*) FILTER (WHERE true{aged}{narrowed}) AS aged,
					min({time}) FILTER (WHERE true{aged}{narrowed}) AS oldest
				FROM {table} t
				WHERE {candidates}
				GROUP BY {group}) g
			LEFT JOIN kept k ON k.grp = coalesce('=' || CAST(g.grp AS text), '')
			LEFT JOIN LATERAL (SELECT count(*) AS rows
				FROM (SELECT FROM {table} t
					WHERE {candidates} AND {group} = g.grp AND {among}{aged}{narrowed}
					UNION ALL
					SELECT FROM {table} t
					WHERE g.grp IS NULL AND {candidates} AND {group} IS NULL AND {among}{aged}{narrowed}) b) n
				ON k.grp IS NOT NULL
			""";

	/** Sums of a stock that looks ahead. */
	static final String AHEAD_SUMS = """
			,
				count(*) FILTER (WHERE r.fate = 1 OR r.ahead) AS ahead,
				count(*) FILTER (WHERE r.time > :since AND r.time <= :until) AS arrived""";

	/** Whether a row goes later that does not go now. */
	static final String AHEAD = """
			,
					CASE WHEN {due} AND NOT {heldInStock} THEN false WHEN {dueAhead} THEN NOT {heldAhead} END AS ahead""";

	/** Some of the rows that can go, in the order of removal. */
	static final String LIST_DUE = """
			{with}SELECT {keyTexts}, extract(epoch FROM {time}) AS time{columns}
			FROM {table} t{keptJoin}{childJoins}
			WHERE {candidates} AND {due} AND NOT {heldInStock}
			ORDER BY {time}, {keys}
			LIMIT :most
			""";

	/** The rows that can go by the values of a column. */
	static final String DUE_BY = """
			{with}SELECT CAST({column} AS text) AS value, count(*) AS rows
			FROM {table} t{keptJoin}{childJoins}
			WHERE {candidates} AND {due} AND NOT {heldInStock}
			GROUP BY 1
			ORDER BY 2 DESC, 1
			LIMIT :most
			""";

	/** All rows of a table. */
	static final String ALL = "SELECT count(*) FROM {table} t";

	/** The first place of a walk. */
	static final String FIRST = """
			SELECT CAST({time} AS text) AS time, {keyTexts}
			FROM {table} t
			WHERE {candidates} AND {stretch}
			ORDER BY {time}, {keys}
			LIMIT 1
			""";

	/** The last place of a walk: what comes later sorts behind it. */
	static final String LAST = """
			SELECT CAST({time} AS text) AS time, {keyTexts}
			FROM {table} t
			WHERE {candidates} AND {stretch}
			ORDER BY {time} DESC, {keysDescending}
			LIMIT 1
			""";

	/** Places along the walk, one from each page of a sample. */
	static final String SAMPLE = """
			SELECT CAST(s.time AS text) AS time, {sampledTexts}, s.rows
			FROM (SELECT DISTINCT ON (t.tableoid, (t.ctid::text::point)[0]) {time} AS time, {keyColumns},
					count(*) OVER (PARTITION BY t.tableoid, (t.ctid::text::point)[0]) AS rows
				FROM {table} t TABLESAMPLE SYSTEM (CAST(:percent AS real))
				WHERE {candidates} AND {stretch}) s
			ORDER BY s.time, {sampledKeys}
			""";

	/**
	 * Counts rows off in the order of removal. The innermost limit has it planned for as
	 * many rows as are cut, not for all that are left; it includes the row behind the
	 * last cut.
	 */
	static final String CUT = """
			SELECT CAST(c.time AS text) AS time, CAST(c.next_time AS text) AS next_time, {cutTexts}
			FROM (SELECT s.*, row_number() OVER walk AS n, lead(s.time) OVER walk AS next_time, {nextKeys}
				FROM (SELECT {time} AS time, {keyColumns}
					FROM {table} t
					WHERE {candidates} AND {slice}
					ORDER BY {time}, {keys}
					LIMIT :ahead) s
				WINDOW walk AS (ORDER BY s.time, {sampledKeys})) c
			WHERE c.n % :rows = 0 AND c.n < :ahead
			ORDER BY c.time, {cutKeys}
			""";

	/** A stretch of the order of removal, both ends included. */
	static final String SLICE = """
			{time} >= :firstTime AND {time} <= :lastTime
				AND ({time}, {keys}) >= (:firstTime, {firstKeys}) AND ({time}, {keys}) <= (:lastTime, {lastKeys})""";

	/** The due rows of a slice, every condition of the rule repeated. */
	private static final String DUE_IN_SLICE = """
			WHERE {candidates} AND {slice}{aged}{narrowed}{ranked}
			""";

	static final String REMOVE = "DELETE FROM {table} t{using}\n" + DUE_IN_SLICE + "\tAND {free}";

	/** Of the rows of a slice only those that nobody else holds. */
	static final String UNLOCKED = """

			AND ({keys}) IN (SELECT {keys} FROM {table} t
				WHERE {candidates} AND {slice}{aged}{narrowed}
				FOR UPDATE SKIP LOCKED)""";

	static final String COUNT_FREE = "SELECT count(*) FROM {table} t{from}\n" + DUE_IN_SLICE + "\tAND {free}";

	static final String COUNT_HELD = "SELECT count(*) FROM {table} t{from}\n" + DUE_IN_SLICE + "\tAND {held}";

	/** Keeps references to the rows of a slice from arriving. */
	static final String HOLD = "SELECT count(*) FROM (SELECT 1 FROM {table} t\n" + DUE_IN_SLICE
			+ "FOR UPDATE{skipping}) held";

	/**
	 * Counts by group and reason where the rows are, not here: sending each row's group
	 * took a quarter of a batch's time. The counts come in one row, because a small batch
	 * has nearly as many groups as rows.
	 */
	static final String GROUPS_GONE = """
			SELECT coalesce(array_agg(c.grp), '{}') AS groups, coalesce(array_agg(c.rows), '{}') AS removed,
				{reasons} AS reasons
			FROM (SELECT CAST(gone.grp AS text) AS grp{reason}, count(*) AS rows FROM gone GROUP BY gone.grp{byReason}) c
			""";

	static final String COUNTED_BY_GROUP = "WITH gone AS ({remove} RETURNING {group} AS grp{returned})\n" + GROUPS_GONE;

	/**
	 * The oldest row of each group that stays: an index is skipped from group to group.
	 */
	static final String KEPT_BY_INDEX = """
			WITH RECURSIVE groups (grp) AS (
				(SELECT {group} FROM {table} t
					WHERE {candidates} AND {group} IS NOT NULL ORDER BY {group} LIMIT 1)
				UNION ALL
				SELECT (SELECT {group} FROM {table} t
					WHERE {candidates} AND {group} > g.grp ORDER BY {group} LIMIT 1)
				FROM groups g WHERE g.grp IS NOT NULL)
			SELECT '=' || g.grp AS grp, k.*
			FROM groups g
			CROSS JOIN LATERAL (SELECT {time} AS kept_at, {keyColumns} FROM {table} t
				WHERE {candidates} AND {group} = g.grp
				ORDER BY {time} DESC, {keysDescending} OFFSET :keep - 1 LIMIT 1) k
			WHERE g.grp IS NOT NULL
			UNION ALL
			SELECT '', k.*
			FROM (SELECT {time} AS kept_at, {keyColumns} FROM {table} t
				WHERE {candidates} AND {group} IS NULL
				ORDER BY {time} DESC, {keysDescending} OFFSET :keep - 1 LIMIT 1) k""";

	/** The same from one look at all candidates, where no index would help. */
	static final String KEPT_BY_RANK = """
			SELECT {rankedName}coalesce('=' || s.grp, '') AS grp, s.time AS kept_at, {sampledKeys}
			FROM (SELECT {rankedColumn}{group} AS grp, {time} AS time, {keyColumns},
					row_number() OVER (PARTITION BY {group}{rankedBy} ORDER BY {time} DESC, {keysDescending}) AS position
				FROM {table} t
				WHERE {candidates}) s
			WHERE s.position = {keep}""";

	/** What {@link #KEEP} has written down, in the types of the table. */
	static final String KEPT = """
			SELECT w.grp, {fromInstant} AS kept_at, {keptKeys}
			FROM retention_kept w
			WHERE w.run_id = :run""";

	/**
	 * That a row is of a group whose newest are all younger than the slice: it is not
	 * among them, then. Hashed once for a batch, which costs less than a join of its
	 * rows; the limit tells the planner that they fit into memory. To leave groups out is
	 * never wrong: their rows are looked up.
	 */
	static final String KEPT_BEHIND_SLICE = """
			{keptGroup} IN (SELECT {keptName}
				FROM retention_kept w
				WHERE w.run_id = :run{keptNamed} AND {fromInstant} > :lastTime
				LIMIT {manyGroups})""";

	/** The place behind which a row goes, found by its group. */
	static final String KEPT_OF_ROW = """
			(SELECT {fromInstant}, {keptValues}
				FROM retention_kept w
				WHERE w.run_id = :run AND w.grp = {groupKey})""";

	/** Writes down the oldest row of each group that stays, as it was at the start. */
	static final String KEEP = """
			INSERT INTO retention_kept (run_id, grp, kept_at, kept_key)
			SELECT :run, k.grp, {toInstant}, ARRAY[{keptTexts}]
			FROM ({kept}) k
			""";

	private RuleSql() {
	}

}
