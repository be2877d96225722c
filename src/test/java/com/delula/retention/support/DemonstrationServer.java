package com.delula.retention.support;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.springframework.util.FileSystemUtils;

/**
 * An embedded PostgreSQL whose data outlive it, also when the JVM was killed, with the
 * demonstration data loaded once.
 */
public final class DemonstrationServer implements AutoCloseable {

	private static final String DATABASE = "retention_demo";

	/** Has this name until all data are in it, so that half a load is never mistaken. */
	private static final String LOADING = DATABASE + "_loading";

	/** The same at each start, so that an address that was exported stays right. */
	private static final int PORT = 15432;

	private final EmbeddedPostgres postgres;

	private DemonstrationServer(EmbeddedPostgres postgres) {
		this.postgres = postgres;
	}

	public static DemonstrationServer start(Path directory) throws IOException, SQLException {
		refuseSecond(directory);
		stopOrphan(directory);
		// The server writes this file when it first starts; without it initdb did not
		// end.
		if (!Files.exists(directory.resolve("postmaster.opts"))) {
			FileSystemUtils.deleteRecursively(directory);
		}
		DemonstrationServer server = new DemonstrationServer(EmbeddedPostgres.builder()
			.setDataDirectory(directory.toAbsolutePath())
			.setCleanDataDirectory(false)
			.setPort(freePort())
			.setRegisterShutdownHook(false)
			.setPGStartupWait(Duration.ofMinutes(1))
			.setServerConfig("fsync", "on")
			.setServerConfig("full_page_writes", "on")
			.setServerConfig("synchronous_commit", "on")
			.start());
		server.load();
		return server;
	}

	/** The usual port; any, which is what 0 asks for, if somebody else has it. */
	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(PORT)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			return 0;
		}
	}

	/** A live server belongs to a live demonstration, which holds the lock. */
	private static void refuseSecond(Path directory) throws IOException {
		Path lock = directory.resolve("epg-lock");
		if (!Files.exists(lock)) {
			return;
		}
		try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
				FileLock held = channel.tryLock()) {
			if (held == null) {
				throw new IllegalStateException(
						"A demonstration already runs on " + directory + "; stop it before you start another");
			}
		}
	}

	/** A killed JVM leaves its server behind, which keeps the data to itself. */
	private static void stopOrphan(Path directory) throws IOException {
		Path file = directory.resolve("postmaster.pid");
		if (!Files.exists(file)) {
			return;
		}
		Optional<ProcessHandle> orphan = ProcessHandle.of(Long.parseLong(Files.readAllLines(file).get(0).strip()))
			.filter((process) -> process.info().command().orElse("").contains("postgres"));
		if (orphan.isPresent()) {
			stop(orphan.get());
		}
		Files.deleteIfExists(file);
	}

	private static void stop(ProcessHandle process) {
		process.destroy();
		try {
			process.onExit().get(10, TimeUnit.SECONDS);
		}
		catch (TimeoutException ex) {
			process.destroyForcibly();
			process.onExit().join();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private void load() throws SQLException {
		if (exists()) {
			return;
		}
		execute("postgres", "DROP DATABASE IF EXISTS " + LOADING);
		execute("postgres", "CREATE DATABASE " + LOADING);
		execute(LOADING, TestDatabase.resource("platform.sql"));
		execute(LOADING, TestDatabase.resource("demonstration.sql"));
		execute(LOADING, "VACUUM ANALYZE");
		execute("postgres", "ALTER DATABASE " + LOADING + " RENAME TO " + DATABASE);
	}

	private boolean exists() throws SQLException {
		try (Connection connection = connect("postgres"); Statement statement = connection.createStatement()) {
			return statement.executeQuery("SELECT FROM pg_database WHERE datname = '" + DATABASE + "'").next();
		}
	}

	private void execute(String database, String sql) throws SQLException {
		try (Connection connection = connect(database); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private Connection connect(String database) throws SQLException {
		return this.postgres.getDatabase(username(), database).getConnection();
	}

	/** As {@code postgres://user:password@host:port/db}. */
	public String databaseUrl() {
		return "postgres://%s:%s@localhost:%d/%s".formatted(username(), password(), this.postgres.getPort(), DATABASE);
	}

	public String jdbcUrl() {
		return "jdbc:postgresql://localhost:%d/%s".formatted(this.postgres.getPort(), DATABASE);
	}

	public String username() {
		return "postgres";
	}

	public String password() {
		return "postgres";
	}

	@Override
	public void close() {
		try {
			this.postgres.close();
		}
		catch (IOException ex) {
			throw new IllegalStateException("PostgreSQL did not stop", ex);
		}
	}

}
