package com.delula.retention.benchmark;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.springframework.util.FileSystemUtils;

/** A PostgreSQL of the benchmark's own, durable as an operator would run it. */
final class BenchmarkServer implements AutoCloseable {

	/**
	 * The memory of a small production server. One checkpoint is made before each
	 * measurement, and the next is further away than its end.
	 */
	private static final Map<String, String> SETTINGS = settings();

	private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

	private final int port;

	private final String kind;

	private final AutoCloseable stop;

	private BenchmarkServer(int port, String kind, AutoCloseable stop) {
		this.port = port;
		this.kind = kind;
		this.stop = stop;
	}

	private static Map<String, String> settings() {
		Map<String, String> settings = new LinkedHashMap<>();
		settings.put("shared_buffers", "2GB");
		settings.put("max_wal_size", "8GB");
		settings.put("checkpoint_timeout", "30min");
		settings.put("fsync", "on");
		settings.put("synchronous_commit", "on");
		settings.put("full_page_writes", "on");
		settings.put("max_connections", "100");
		return settings;
	}

	/** An installed server if there is one, else the embedded one. */
	static BenchmarkServer start(Options options) throws Exception {
		Optional<Path> programs = options.embedded() ? Optional.empty() : installed();
		Path kept = options.data();
		Path directory = (kept != null) ? Files.createDirectories(kept)
				: Files.createTempDirectory("retention-benchmark-");
		return programs.isPresent() ? start(programs.get(), directory, kept != null)
				: startEmbedded(directory, kept != null);
	}

	private static Optional<Path> installed() throws IOException {
		if (!Files.isDirectory(INSTALLED)) {
			return Optional.empty();
		}
		try (Stream<Path> versions = Files.list(INSTALLED)) {
			return versions.map((version) -> version.resolve("bin"))
				.filter((programs) -> Files.isExecutable(programs.resolve("initdb")))
				.max((a, b) -> version(a) - version(b));
		}
	}

	private static int version(Path programs) {
		return Integer.parseInt(programs.getParent().getFileName().toString().replaceAll("\\D.*", "0"));
	}

	private static BenchmarkServer start(Path programs, Path directory, boolean keep) throws Exception {
		int port = freePort();
		List<String> user = user(directory);
		String data = directory.resolve("data").toString();
		if (!Files.exists(directory.resolve("data"))) {
			run(user, programs.resolve("initdb") + "", "-D", data, "-A", "trust", "-U", "postgres", "--locale=C.UTF-8");
		}
		StringBuilder options = new StringBuilder("-p " + port + " -k " + directory);
		SETTINGS.forEach((name, value) -> options.append(" -c ").append(name).append('=').append(value));
		run(user, programs.resolve("pg_ctl") + "", "-D", data, "-w", "-l", directory.resolve("log").toString(), "-o",
				options.toString(), "start");
		return new BenchmarkServer(port, "installed", () -> {
			run(user, programs.resolve("pg_ctl") + "", "-D", data, "-w", "-m", "fast", "stop");
			if (!keep) {
				FileSystemUtils.deleteRecursively(directory);
			}
		});
	}

	/** The server refuses to run as root. */
	private static List<String> user(Path directory) throws Exception {
		if (!System.getProperty("user.name").equals("root")) {
			return List.of();
		}
		run(List.of(), "chown", "postgres", directory.toString());
		return List.of("runuser", "-u", "postgres", "--");
	}

	private static void run(List<String> user, String... command) throws Exception {
		List<String> all = new ArrayList<>(user);
		all.addAll(List.of(command));
		Process process = new ProcessBuilder(all).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.directory(Path.of("/").toFile())
			.start();
		if (process.waitFor() != 0) {
			throw new IllegalStateException("Failed: " + String.join(" ", all));
		}
	}

	static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private static BenchmarkServer startEmbedded(Path directory, boolean keep) throws IOException {
		EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
			.setDataDirectory(directory)
			.setCleanDataDirectory(!keep)
			.setPGStartupWait(Duration.ofMinutes(1));
		SETTINGS.forEach(builder::setServerConfig);
		EmbeddedPostgres postgres = builder.start();
		return new BenchmarkServer(postgres.getPort(), "embedded", postgres);
	}

	Connection connect(String database) throws SQLException {
		return DriverManager.getConnection("jdbc:postgresql://localhost:" + this.port + "/" + database, "postgres",
				"postgres");
	}

	/** As the service takes it. */
	String url(String database) {
		return "postgres://postgres:postgres@localhost:" + this.port + "/" + database;
	}

	void execute(String database, String... statements) throws SQLException {
		try (Connection connection = connect(database); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

	String query(String database, String sql) throws SQLException {
		try (Connection connection = connect(database);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			return rows.next() ? rows.getString(1) : "";
		}
	}

	/**
	 * Waits until no client has been at work on a database for three seconds: what a
	 * service counts after its start is no part of a run.
	 */
	void awaitIdle(String database) throws Exception {
		String busy = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND datname = '"
				+ database + "' AND state <> 'idle'";
		for (int idle = 0; idle < 30; idle++) {
			if (!query("postgres", busy).equals("0")) {
				idle = 0;
			}
			Thread.sleep(100);
		}
	}

	/**
	 * A fresh copy of a database, in place of an older one of that name. The checkpoint
	 * makes the first change of each page write the whole page to the log, as it is with
	 * rows that have lain for a day.
	 */
	void copy(String template, String name) throws Exception {
		drop(name);
		execute("postgres", "CREATE DATABASE " + name + " TEMPLATE " + template, "CHECKPOINT");
	}

	boolean has(String database) throws SQLException {
		return !query("postgres", "SELECT 1 FROM pg_database WHERE datname = '" + database + "'").isEmpty();
	}

	void drop(String name) throws SQLException {
		execute("postgres", "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
	}

	String description() throws SQLException {
		StringBuilder description = new StringBuilder(query("postgres", "SELECT split_part(version(), ' on ', 1)"));
		description.append(" (").append(this.kind).append("), ");
		SETTINGS.forEach((name, value) -> description.append(name).append(' ').append(value).append(", "));
		return description.append("else as it comes").toString();
	}

	@Override
	public void close() throws Exception {
		this.stop.close();
	}

}
