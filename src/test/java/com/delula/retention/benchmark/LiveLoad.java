package com.delula.retention.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * What the platform's users do meanwhile, at a fixed rate whatever the answers take: a
 * latency counts from the moment at which the statement was due, so that a stall counts
 * for all that it held up.
 */
final class LiveLoad implements AutoCloseable {

	private static final int CLIENTS = 8;

	private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1) / 200;

	private final AtomicLong due = new AtomicLong(System.nanoTime());

	private final List<Thread> clients = new ArrayList<>();

	private final String insert;

	private final String update;

	private final List<Object> ids;

	private volatile Samples window = new Samples();

	private volatile boolean ended;

	/**
	 * Begins at once.
	 * @param update has a parameter for an id
	 * @param ids selects the ids of the rows that are updated
	 */
	LiveLoad(BenchmarkServer server, String database, String insert, String update, String ids) throws SQLException {
		this.insert = insert;
		this.update = update;
		this.ids = select(server, database, ids);
		for (int i = 0; i < CLIENTS; i++) {
			Thread client = new Thread(() -> run(server, database), "client-" + i);
			this.clients.add(client);
			client.start();
		}
	}

	private static List<Object> select(BenchmarkServer server, String database, String ids) throws SQLException {
		List<Object> selected = new ArrayList<>();
		try (Connection connection = server.connect(database);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(ids)) {
			while (rows.next()) {
				selected.add(rows.getObject(1));
			}
		}
		return selected;
	}

	/** Begins a window; answers the latencies of the one before, in milliseconds. */
	Samples next() {
		Samples before = this.window;
		this.window = new Samples();
		return before;
	}

	private void run(BenchmarkServer server, String database) {
		try (Connection connection = server.connect(database);
				PreparedStatement inserted = connection.prepareStatement(this.insert);
				PreparedStatement updated = connection.prepareStatement(this.update)) {
			while (!this.ended) {
				long at = this.due.getAndAdd(INTERVAL);
				await(at);
				Samples samples = this.window;
				one(inserted, updated);
				samples.add((System.nanoTime() - at) / 1e6);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void one(PreparedStatement inserted, PreparedStatement updated) throws SQLException {
		RandomGenerator random = RandomGenerator.getDefault();
		if (random.nextBoolean()) {
			inserted.executeUpdate();
			return;
		}
		updated.setObject(1, this.ids.get(random.nextInt(this.ids.size())));
		updated.executeUpdate();
	}

	private static void await(long at) {
		long left = at - System.nanoTime();
		while (left > 0) {
			LockSupport.parkNanos(left);
			left = at - System.nanoTime();
		}
	}

	@Override
	public void close() throws InterruptedException {
		this.ended = true;
		for (Thread client : this.clients) {
			client.join();
		}
	}

}
