package com.delula.retention.jobs;

import com.delula.retention.jobs.FinishedStep.References;

/**
 * The statements of the job purge, in two sets of the same form. Times and ids are passed
 * as literals without a type, so that one statement fits every installation.
 * {@code %referenced} stands for the foreign keys of third tables, see
 * {@link FinishedStep}.
 */
final class JobSql {

	private static final String FIRST = """
			SELECT t.created_at::text AS time, t.id::text AS id
			FROM %table t
			WHERE t.status IN ('completed', 'failed') AND t.created_at < :before
			ORDER BY t.created_at, t.id
			LIMIT 1
			""";

	private static final String LAST = """
			SELECT t.created_at::text AS time, t.id::text AS id
			FROM %table t
			WHERE t.status IN ('completed', 'failed') AND t.created_at < :before
			ORDER BY t.created_at DESC, t.id DESC
			LIMIT 1
			""";

	private static final String SAMPLE = """
			SELECT s.created_at::text AS time, s.id::text AS id
			FROM (SELECT DISTINCT ON (t.tableoid, (t.ctid::text::point)[0]) t.created_at, t.id
				FROM %table t TABLESAMPLE SYSTEM (CAST(:percent AS real))
				WHERE t.status IN ('completed', 'failed') AND t.created_at < :before) s
			ORDER BY s.created_at, s.id
			""";

	private static final String CUT = """
			SELECT c.time::text AS time, c.id::text AS id, c.next_time::text AS next_time, c.next_id::text AS next_id
			FROM (SELECT s.created_at AS time, s.id, row_number() OVER walk AS n,
					lead(s.created_at) OVER walk AS next_time, lead(s.id) OVER walk AS next_id
				FROM (SELECT t.created_at, t.id
					FROM %table t
					WHERE t.status IN ('completed', 'failed')
						AND t.created_at >= :firstTime AND t.created_at <= :lastTime
						AND (t.created_at, t.id) >= (:firstTime, :firstId)
						AND (t.created_at, t.id) <= (:lastTime, :lastId)
					ORDER BY t.created_at, t.id
					LIMIT :ahead) s
				WINDOW walk AS (ORDER BY s.created_at, s.id)) c
			WHERE c.n % :rows = 0 AND c.n < :ahead
			ORDER BY c.time, c.id
			""";

	private static final String IN_SLICE = """
			WHERE t.status IN ('completed', 'failed') AND t.created_at < :before
				AND t.created_at >= :firstTime AND t.created_at <= :lastTime
				AND (t.created_at, t.id) >= (:firstTime, :firstId) AND (t.created_at, t.id) <= (:lastTime, :lastId)
			""";

	/** The statements for upscale jobs, which go whatever refers to nothing else. */
	static final JobSql UPSCALE_JOBS = new JobSql("upscale_jobs", """
			SELECT count(*) AS finished, count(*) FILTER (WHERE %referenced) AS referenced,
				extract(epoch FROM min(t.created_at) FILTER (WHERE NOT %referenced)) AS oldest
			FROM upscale_jobs t
			WHERE t.status IN ('completed', 'failed') AND t.created_at < :before
			""", "NOT %referenced", "%referenced");

	/**
	 * The statements for jobs. A job stays while any upscale job refers to it; the stock
	 * looks past the upscale jobs that the same run removes first.
	 */
	static final JobSql JOBS = new JobSql("jobs", """
			SELECT f.finished, f.finished - f.free AS referenced, f.oldest
			FROM (SELECT count(*) AS finished,
					count(*) FILTER (WHERE u.source_job_id IS NULL AND NOT %referenced) AS free,
					extract(epoch FROM min(t.created_at) FILTER (WHERE u.source_job_id IS NULL AND NOT %referenced))
						AS oldest
				FROM jobs t
				LEFT JOIN (SELECT DISTINCT s.source_job_id
					FROM upscale_jobs s
					WHERE (s.status IN ('completed', 'failed') AND s.created_at < :before
				AND NOT %upscaleReferenced) IS NOT TRUE) u ON u.source_job_id = t.id
				WHERE t.status IN ('completed', 'failed') AND t.created_at < :before) f
			""", "NOT EXISTS (SELECT FROM upscale_jobs u WHERE u.source_job_id = t.id) AND NOT %referenced",
			"(EXISTS (SELECT FROM upscale_jobs u WHERE u.source_job_id = t.id) OR %referenced)");

	/** Keeps upscale jobs from arriving for the jobs of a slice. */
	static final String HOLD_JOBS = "SELECT count(*) FROM (SELECT t.id FROM jobs t " + IN_SLICE + " FOR UPDATE) held";

	/**
	 * Keeps upscale jobs from arriving at all. Not in a mode that two batches could hold
	 * at a time: each would keep the other from removing what cascades.
	 */
	static final String HOLD_UPSCALE_JOBS = "LOCK TABLE upscale_jobs IN SHARE ROW EXCLUSIVE MODE";

	final String table;

	final String stock;

	final String first;

	final String last;

	final String sample;

	final String cut;

	final String remove;

	final String referenced;

	/**
	 * The statements for one table.
	 * @param free on a row that can go; not the negation of {@code held}, of which
	 * PostgreSQL would make no anti-join
	 * @param held on a row that stays because others refer to it
	 */
	private JobSql(String table, String stock, String free, String held) {
		this.table = table;
		this.stock = stock;
		this.first = FIRST.replace("%table", table);
		this.last = LAST.replace("%table", table);
		this.sample = SAMPLE.replace("%table", table);
		this.cut = CUT.replace("%table", table);
		this.remove = "DELETE FROM " + table + " t " + IN_SLICE + " AND " + free;
		this.referenced = "SELECT count(*) FROM " + table + " t " + IN_SLICE + " AND " + held;
	}

	/** A statement with the conditions that depend on the installation. */
	static String complete(String sql, References references) {
		return sql.replace("%referenced", references.own()).replace("%upscaleReferenced", references.upscale());
	}

}
