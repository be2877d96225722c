package com.delula.retention.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

import org.springframework.core.NestedExceptionUtils;

/**
 * The one place that chooses the PostgreSQL of the tests: a container where a Docker
 * engine answers, else an embedded server. {@code -Dtest.postgres=container} or
 * {@code =embedded} insists on one. Both speak version 15, the oldest that is supported,
 * unless {@code -Dtest.postgres-image=…} or
 * {@code -Dembedded-postgres-binaries.version=…} names another. Neither lives in UTC.
 */
public final class PostgresServer implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(PostgresServer.class);

	private static final String SUPERUSER = "postgres";

	private static final String CHOICE = System.getProperty("test.postgres", "");

	private static final String IMAGE = System.getProperty("test.postgres-image", "postgres:15-alpine");

	/** What a test may lose when the server's machine fails. */
	public enum Durability {

		/**
		 * Nothing is flushed to disk: several times faster, and a killed service still
		 * loses nothing, since the server lives on.
		 */
		FAST,

		/** As an operator runs it; for tests that kill the server itself. */
		SAFE

	}

	/**
	 * What failed once fails again, and an image that cannot be pulled takes a minute.
	 */
	private static volatile boolean noContainers;

	private final UnaryOperator<String> jdbcUrls;

	private final AutoCloseable process;

	private PostgresServer(UnaryOperator<String> jdbcUrls, AutoCloseable process) {
		this.jdbcUrls = jdbcUrls;
		this.process = process;
	}

	/** The server that all tests of this JVM share; it stops when the JVM ends. */
	public static PostgresServer shared() {
		return Shared.SERVER;
	}

	/** A server of the test's own, which the test closes. */
	public static PostgresServer start(Durability durability) {
		Map<String, String> settings = settings(durability);
		PostgresServer server = switch (CHOICE) {
			case "container" -> tell("container, as -Dtest.postgres asks for", container(settings));
			case "embedded" -> tell("embedded server, as -Dtest.postgres asks for", embedded(settings));
			case "" -> contained(settings).orElseGet(() -> embedded(settings));
			default -> throw new IllegalArgumentException(
					"Invalid -Dtest.postgres=" + CHOICE + ": must be container or embedded");
		};
		logger.info("PostgreSQL for tests: version {}", server.version());
		return server;
	}

	/**
	 * A server in a container; empty, and said why, where there can be none. An image of
	 * Testcontainers' helpers that cannot be pulled ends even the question for the
	 * engine, and not with one of its own exceptions.
	 */
	private static Optional<PostgresServer> contained(Map<String, String> settings) {
		if (noContainers) {
			return Optional.empty();
		}
		try {
			if (!DockerClientFactory.instance().isDockerAvailable()) {
				return tell("embedded server, because no Docker engine answers", Optional.empty());
			}
			return Optional.of(tell("container, because a Docker engine answers", container(settings)));
		}
		catch (RuntimeException ex) {
			noContainers = true;
			return tell("embedded server, because the Docker engine answers but starts no container: "
					+ NestedExceptionUtils.getMostSpecificCause(ex).getMessage(), Optional.empty());
		}
	}

	private static <T> T tell(String choice, T chosen) {
		logger.info("PostgreSQL for tests: {}", choice);
		return chosen;
	}

	private String version() {
		try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"), SUPERUSER, SUPERUSER)) {
			return connection.getMetaData().getDatabaseProductVersion();
		}
		catch (SQLException ex) {
			throw new IllegalStateException("PostgreSQL started but does not answer", ex);
		}
	}

	private static Map<String, String> settings(Durability durability) {
		String flush = (durability == Durability.SAFE) ? "on" : "off";
		return new TreeMap<>(Map.of("fsync", flush, "synchronous_commit", flush, "full_page_writes", flush,
				"max_connections", "200", "max_prepared_transactions", "10", "timezone", "Asia/Kolkata"));
	}

	@SuppressWarnings("resource") // closed by close()
	private static PostgresServer container(Map<String, String> settings) {
		StringBuilder command = new StringBuilder("postgres");
		settings.forEach((name, value) -> command.append(" -c ").append(name).append('=').append(value));
		PostgreSQLContainer container = new PostgreSQLContainer(IMAGE).withUsername(SUPERUSER)
			.withPassword(SUPERUSER)
			.withCommand(command.toString());
		container.start();
		return new PostgresServer((database) -> "jdbc:postgresql://%s:%d/%s".formatted(container.getHost(),
				container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT), database), container);
	}

	/**
	 * An embedded server whose data and port outlive it, so that a test can stop it and
	 * start it again. A container would come back on another port.
	 */
	public static PostgresServer startIn(Path directory, int port) {
		return embedded(settings(Durability.SAFE),
				EmbeddedPostgres.builder()
					.setDataDirectory(directory)
					.setCleanDataDirectory(false)
					.setPort(port)
					.setPGStartupWait(Duration.ofMinutes(1)));
	}

	/** Whatever server answers at a port of this machine; closing it does nothing. */
	public static PostgresServer at(int port) {
		return new PostgresServer((database) -> "jdbc:postgresql://localhost:%d/%s".formatted(port, database), () -> {
		});
	}

	private static PostgresServer embedded(Map<String, String> settings) {
		return embedded(settings, EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(1)));
	}

	private static PostgresServer embedded(Map<String, String> settings, EmbeddedPostgres.Builder builder) {
		settings.forEach(builder::setServerConfig);
		try {
			EmbeddedPostgres postgres = builder.start();
			return new PostgresServer(
					(database) -> "jdbc:postgresql://localhost:%d/%s".formatted(postgres.getPort(), database),
					postgres);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The embedded PostgreSQL did not start", ex);
		}
	}

	public String jdbcUrl(String database) {
		return this.jdbcUrls.apply(database);
	}

	/** A superuser. */
	public String username() {
		return SUPERUSER;
	}

	public String password() {
		return SUPERUSER;
	}

	@Override
	public void close() {
		try {
			this.process.close();
		}
		catch (Exception ex) {
			throw new IllegalStateException("PostgreSQL did not stop", ex);
		}
	}

	private static final class Shared {

		// The embedded server has a shutdown hook of its own, a container its reaper.
		private static final PostgresServer SERVER = start(Durability.FAST);

	}

}
