package com.delula.retention.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Plain SQL for the same rules, on the columns of {@code platform.sql}. */
final class Rivals {

	private static final String RANKED = """
			SELECT r.id
			FROM (SELECT id, coalesce(updated_at, created_at) AS at, row_number() OVER (PARTITION BY recipe_id
					ORDER BY coalesce(updated_at, created_at, 'infinity') DESC, id DESC) AS rank
				FROM generations
				WHERE user_id = 'system_backlog' AND status = 'failed') r
			WHERE r.rank > 10 AND r.at < (now() AT TIME ZONE 'UTC') - interval '24 hours'
			""";

	private static final String OF_RECIPE = """
			DELETE FROM generations
			WHERE id IN (SELECT id FROM generations
					WHERE user_id = 'system_backlog' AND status = 'failed' AND recipe_id = ?
					ORDER BY coalesce(updated_at, created_at, 'infinity') DESC, id DESC
					OFFSET 10)
				AND status = 'failed'
				AND coalesce(updated_at, created_at) < (now() AT TIME ZONE 'UTC') - interval '24 hours'
			""";

	private static final String RECIPES = """
			SELECT DISTINCT recipe_id FROM generations WHERE user_id = 'system_backlog' AND status = 'failed' AND recipe_id IS NOT NULL
			""";

	private static final String UPSCALE_JOBS = """
			DELETE FROM upscale_jobs
			WHERE status IN ('completed', 'failed') AND created_at < now() - interval '48 hours'
			""";

	private static final String JOBS = """
			DELETE FROM jobs j
			WHERE j.status IN ('completed', 'failed') AND j.created_at < now() - interval '48 hours'
				AND NOT EXISTS (SELECT FROM upscale_jobs u WHERE u.source_job_id = j.id)
			""";

	private static final String OLD_UPSCALE_JOBS = """
			SELECT id FROM upscale_jobs
			WHERE status IN ('completed', 'failed') AND created_at < now() - interval '48 hours'
			""";

	private static final String OLD_JOBS = """
			SELECT j.id FROM jobs j
			WHERE j.status IN ('completed', 'failed') AND j.created_at < now() - interval '48 hours'
				AND NOT EXISTS (SELECT FROM upscale_jobs u WHERE u.source_job_id = j.id)
			""";

	private Rivals() {
	}

	/** A way to remove rows; answers how many it removed. */
	interface Rival {

		long remove(Connection connection) throws SQLException;

	}

	static long rankedStatement(Connection connection) throws SQLException {
		return update(connection, "DELETE FROM generations WHERE status = 'failed' AND id IN (" + RANKED + ")");
	}

	static long byTime(Connection connection) throws SQLException {
		return update(connection, "DELETE FROM generations WHERE user_id = 'system_backlog' AND status = 'failed'"
				+ " AND coalesce(updated_at, created_at, 'infinity') < (now() AT TIME ZONE 'UTC') - interval '24 hours'");
	}

	static long emergencyStatement(Connection connection) throws SQLException {
		return update(connection, "DELETE FROM generations WHERE user_id = 'system_backlog' AND status = 'failed'");
	}

	static long purgeStatements(Connection connection) throws SQLException {
		return update(connection, UPSCALE_JOBS) + update(connection, JOBS);
	}

	static long recipeLoop(Connection connection) throws SQLException {
		long removed = 0;
		try (PreparedStatement delete = connection.prepareStatement(OF_RECIPE)) {
			for (Integer recipe : recipes(connection)) {
				delete.setObject(1, recipe, java.sql.Types.INTEGER);
				removed += delete.executeUpdate();
			}
		}
		return removed;
	}

	/** What queue libraries do. It takes minutes to the end, so it is cut off. */
	static long thousandByThousand(Connection connection) throws SQLException {
		long until = System.nanoTime() + 20_000_000_000L;
		long removed = 0;
		long batch = 1;
		while (batch > 0 && System.nanoTime() < until) {
			batch = update(connection,
					"DELETE FROM generations WHERE status = 'failed' AND id IN (" + RANKED + " LIMIT 1000)");
			removed += batch;
		}
		return removed;
	}

	/** Batches of 1,000, each with a pause as long, from a list that is made once. */
	static long pausedBatches(Connection connection) throws SQLException {
		return pausedBatches(connection, RANKED, "generations", "status = 'failed'");
	}

	/** The same of jobs, behind the upscale jobs. */
	static long pausedPurge(Connection connection) throws SQLException {
		return pausedBatches(connection, OLD_UPSCALE_JOBS, "upscale_jobs", "status IN ('completed', 'failed')")
				+ pausedBatches(connection, OLD_JOBS, "jobs r", "status IN ('completed', 'failed')"
						+ " AND NOT EXISTS (SELECT FROM upscale_jobs u WHERE u.source_job_id = r.id)");
	}

	private static long pausedBatches(Connection connection, String list, String table, String still)
			throws SQLException {
		update(connection,
				"DROP TABLE IF EXISTS doomed; CREATE TEMP TABLE doomed AS SELECT row_number() OVER () AS n, id FROM ("
						+ list + ") x; CREATE INDEX ON doomed (n); ANALYZE doomed");
		long removed = 0;
		for (long n = 0;; n += 1_000) {
			long begun = System.nanoTime();
			long batch = update(connection, "DELETE FROM " + table + " WHERE id IN (SELECT id FROM doomed WHERE n > "
					+ n + " AND n <= " + (n + 1_000) + ") AND " + still);
			if (batch == 0) {
				return removed;
			}
			removed += batch;
			LockSupport.parkNanos(System.nanoTime() - begun);
		}
	}

	static long cleanupFunction(Connection connection) throws SQLException {
		return call(connection, "retention_run_backlog_cleanup");
	}

	static long purgeFunction(Connection connection) throws SQLException {
		return call(connection, "retention_run_job_purge");
	}

	private static long call(Connection connection, String function) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT " + function + "()")) {
			row.next();
			return row.getLong(1);
		}
	}

	private static List<Integer> recipes(Connection connection) throws SQLException {
		List<Integer> recipes = new ArrayList<>();
		try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(RECIPES)) {
			while (rows.next()) {
				recipes.add((Integer) rows.getObject(1));
			}
		}
		return recipes;
	}

	private static long update(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			return statement.executeUpdate(sql);
		}
	}

}
