package com.delula.retention.faults;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Clients of the platform that look at what their transactions run under. */
final class LiveClients implements AutoCloseable {

	private static final String SETTINGS = """
			SELECT concat_ws(' ', current_setting('transaction_isolation'), current_setting('transaction_read_only'),
				current_setting('default_transaction_isolation'), current_setting('TimeZone'),
				current_setting('application_name'), current_setting('statement_timeout'),
				current_setting('lock_timeout'), current_setting('search_path'), current_user,
				current_setting('jit'), current_setting('enable_seqscan'))
			""";

	private final Queue<String> surprises = new ConcurrentLinkedQueue<>();

	private final AtomicLong transactions = new AtomicLong();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private volatile boolean stopping;

	private LiveClients() {
	}

	/** Starts clients whose sessions are those that the URL gives anybody now. */
	static LiveClients start(String url, int clients) throws SQLException {
		LiveClients live = new LiveClients();
		String expected;
		try (Connection connection = connect(url); Statement statement = connection.createStatement()) {
			expected = read(statement, SETTINGS);
		}
		for (int client = 0; client < clients; client++) {
			live.threads.execute(() -> live.work(url, expected));
		}
		return live;
	}

	private static Connection connect(String url) throws SQLException {
		Properties properties = new Properties();
		properties.setProperty("user", "postgres");
		properties.setProperty("password", "postgres");
		properties.setProperty("ApplicationName", "live");
		properties.setProperty("prepareThreshold", "0");
		// Or the driver itself would change sessions while it connects.
		properties.setProperty("assumeMinServerVersion", "14");
		return DriverManager.getConnection(url, properties);
	}

	private static String read(Statement statement, String sql) throws SQLException {
		try (ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getString(1);
		}
	}

	private void work(String url, String expected) {
		try (Connection connection = connect(url); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			while (!this.stopping) {
				String seen = read(statement, SETTINGS);
				if (!seen.equals(expected)) {
					this.surprises.add(seen + " instead of " + expected);
				}
				statement.execute("UPDATE users SET id = id WHERE id = 'alice'");
				connection.commit();
				this.transactions.incrementAndGet();
			}
		}
		catch (SQLException ex) {
			this.surprises.add(ex.getMessage());
		}
	}

	long transactions() {
		return this.transactions.get();
	}

	/** What was not as it was before. */
	Queue<String> surprises() {
		return this.surprises;
	}

	@Override
	public void close() throws InterruptedException {
		this.stopping = true;
		this.threads.shutdown();
		this.threads.awaitTermination(20, TimeUnit.SECONDS);
	}

}
