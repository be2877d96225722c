package com.delula.retention.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;

/** A real PgBouncer in transaction mode before the server of a test's database. */
public final class PgBouncer implements AutoCloseable {

	private static final Path BINARY = Path.of("/usr/sbin/pgbouncer");

	private static final String SETTINGS = """
			[databases]
			* = host=localhost port=%d
			[pgbouncer]
			listen_addr = 127.0.0.1
			listen_port = %d
			unix_socket_dir =
			auth_type = trust
			auth_file = %s
			pool_mode = transaction
			default_pool_size = %d
			""";

	private final TestDatabase database;

	private final int port;

	private final Process process;

	private PgBouncer(TestDatabase database, int port, Process process) {
		this.database = database;
		this.port = port;
		this.process = process;
	}

	/** Whether there is one; {@code .ci/run} installs it where it can. */
	public static boolean isInstalled() {
		return Files.isExecutable(BINARY);
	}

	/**
	 * Starts one.
	 * @param poolSize how many sessions of the server all its clients share
	 */
	public static PgBouncer start(TestDatabase database, int poolSize) {
		try (ServerSocket free = new ServerSocket(0)) {
			int port = free.getLocalPort();
			free.close();
			Path directory = Files.createTempDirectory("pgbouncer-");
			Path users = Files.writeString(directory.resolve("users.txt"),
					"\"%s\" \"%s\"\n".formatted(database.username(), database.password()));
			int server = URI.create(database.jdbcUrl().substring("jdbc:".length())).getPort();
			Path settings = Files.writeString(directory.resolve("pgbouncer.ini"),
					SETTINGS.formatted(server, port, users, poolSize));
			Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
			Process process = new ProcessBuilder(command(settings)).redirectErrorStream(true)
				.redirectOutput(directory.resolve("pgbouncer.log").toFile())
				.start();
			PgBouncer started = new PgBouncer(database, port, process);
			Awaitility.await("PgBouncer listens").atMost(Duration.ofSeconds(20)).until(started::listens);
			return started;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** It refuses to run as root. */
	private static List<String> command(Path settings) {
		List<String> command = new ArrayList<>();
		if (System.getProperty("user.name").equals("root")) {
			command.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
		}
		command.addAll(List.of(BINARY.toString(), settings.toString()));
		return command;
	}

	private boolean listens() {
		try (Socket socket = new Socket("127.0.0.1", this.port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	public String jdbcUrl() {
		return "jdbc:postgresql://127.0.0.1:" + this.port + "/" + this.database.name();
	}

	@Override
	public void close() {
		this.process.destroyForcibly().onExit().join();
	}

}
