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
			SELECT coalesce((removed_by_table ->> ?)::bigint, 0)
			FROM retention_run
			WHERE NOT dry_run
			ORDER BY started_at DESC
			LIMIT 1
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
			while (!this.ended) {
				try (ResultSet rows = statement.executeQuery()) {
					if (rows.next()) {
						this.points.add(new Point(System.nanoTime(), rows.getLong(1)));
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

	/**
	 * The second batch. Before the first a run plans; and beside the first, the other
	 * worker has done most of the second.
	 */
	private Point begin() {
		long first = this.points.stream()
			.mapToLong(Point::removed)
			.filter((removed) -> removed > 0)
			.findFirst()
			.orElseThrow();
		return this.points.stream().filter((point) -> point.removed() > first).findFirst().orElseThrow();
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
