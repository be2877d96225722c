package com.delula.retention.run.history;

import com.delula.retention.run.RunProperties;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Forgets old runs, and keeps by day what reports tell of them. */
final class OldRuns {

	/**
	 * In one statement, so that no run is counted twice or not at all. A restore is kept
	 * as long as the run whose rows it put back, from whose rows it is taken off.
	 */
	private static final String FORGET = """
			WITH gone AS (
				DELETE FROM retention_run r
				WHERE r.finished_at < clock_timestamp() - make_interval(secs => :maxAge)
					AND NOT EXISTS (SELECT FROM retention_run o
						WHERE r.mode = 'restore' AND CAST(o.id AS text) = r.options ->> 'restoreOf')
					AND coalesce(r.undo_until < clock_timestamp(), true)
					AND r.id NOT IN (SELECT n.id
						FROM (SELECT id, row_number() OVER (PARTITION BY task ORDER BY started_at DESC, id DESC) AS age
							FROM retention_run) n
						WHERE n.age <= :keepPerTask)
				RETURNING r.id, r.task, r.mode, r.status, r.dry_run, r.started_at, r.rows_removed),
			added AS (
				INSERT INTO retention_run_day AS d (task, day, runs, succeeded, removed)
				SELECT g.task, CAST(g.started_at AT TIME ZONE 'UTC' AS date), count(*),
					count(*) FILTER (WHERE g.status = 'succeeded'), sum(g.rows_removed - coalesce(b.rows, 0))
				FROM gone g
				LEFT JOIN %s b ON b.run = g.id
				WHERE NOT g.dry_run AND g.mode <> 'restore'
				GROUP BY 1, 2
				ON CONFLICT (task, day) DO UPDATE SET runs = d.runs + excluded.runs,
					succeeded = d.succeeded + excluded.succeeded, removed = d.removed + excluded.removed)
			SELECT count(*) FROM gone
			""".formatted(RestoredRows.BY_RUN);

	private static final String FORGET_DAYS = "DELETE FROM retention_run_day WHERE day < CAST(now() AS date) - 367";

	private final JdbcClient jdbc;

	OldRuns(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Forgets runs; answers how many. */
	int forget(RunProperties.History history) {
		this.jdbc.sql(FORGET_DAYS).update();
		return this.jdbc.sql(FORGET)
			.param("maxAge", history.maxAge().toSeconds())
			.param("keepPerTask", history.keepPerTask())
			.query(Integer.class)
			.single();
	}

}
