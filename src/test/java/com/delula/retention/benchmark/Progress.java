package com.delula.retention.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Follows a run by its count in {@code retention_run}, which grows in the transactions
 * that remove the rows.
 */
final class Progress implements AutoCloseable {

	private static final String COUNT = """
			SELECT coalesce((SELECT (r.removed_by_table ->> ?)::bigint
					FROM retention_run r
					WHERE NOT r.dry_run
					ORDER BY r.started_at DESC
					LIMIT 1), 0) AS removed,
				EXISTS (SELECT
					FROM pg_stat_activity a
					WHERE a.datname = current_database() AND a.pid <> pg_backend_pid() AND a.state = 'active'
						AND a.query LIKE '%DELETE FROM ' || ? || ' %') AS removing
			""";

	private static final long EVERY_MILLIS = 5;

	private final List<Point> points = new ArrayList<>();

	private final Thread thread;

	private volatile boolean ended;

	private Progress(BenchmarkServer server, String database, String table) {
		this.thread = new Thread(() -> follow(server, database, table), "progress");
		this.thread.start();
	}

	static Progress of(BenchmarkServer server, String database, String table) {
		return new Progress(server, database, table);
	}

	private void follow(BenchmarkServer server, String database, String table) {
		try (Connection connection = server.connect(database);
				PreparedStatement statement = connection.prepareStatement(COUNT)) {
			statement.setString(1, table);
			statement.setString(2, table);
			while (!this.ended) {
				try (ResultSet rows = statement.executeQuery()) {
					if (rows.next()) {
						add(rows.getLong("removed"), rows.getBoolean("removing"));
					}
				}
				Thread.sleep(EVERY_MILLIS);
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Seconds per row of the last tenth, in terms of those of the first. */
	double lastTenthToFirst() {
		Point begin = begin();
		double total = this.points.get(this.points.size() - 1).removed();
		double tenth = (total - begin.removed()) / 10;
		double first = reached(begin.removed() + tenth) - begin.nanos();
		double last = reached(total) - reached(total - tenth);
		return last / first;
	}

	/** The first batch is under way, before which a run plans. */
	private Point begin() {
		return this.points.get(0);
	}

	private void add(long removed, boolean removing) {
		if (removing || removed > 0 || !this.points.isEmpty()) {
			this.points.add(new Point(System.nanoTime(), removed));
		}
	}

	/** When that many rows were gone, on the line between two steps of the count. */
	private double reached(double removed) {
		Point before = begin();
		for (Point point : this.points) {
			if (point.removed() >= removed) {
				double share = (removed - before.removed()) / Math.max(1, point.removed() - before.removed());
				return before.nanos() + share * (point.nanos() - before.nanos());
			}
			before = (point.removed() > before.removed()) ? point : before;
		}
		return before.nanos();
	}

	@Override
	public void close() throws InterruptedException {
		this.ended = true;
		this.thread.join();
	}

	private record Point(long nanos, long removed) {

	}

}
