package com.delula.retention.support;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.postgresql.ds.PGSimpleDataSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL server from the binaries installed on this machine, for extensions that
 * the embedded one has not. It refuses root, so root has the user postgres start it.
 */
public final class InstalledServer implements AutoCloseable {

	private static final Path BINARIES = Path.of("/usr/lib/postgresql/15");

	private final Path directory;

	private final int port;

	private InstalledServer(Path directory, int port) {
		this.directory = directory;
		this.port = port;
	}

	/** Whether there is one with a library of that name. */
	public static boolean has(String library) {
		return Files.exists(BINARIES.resolve("lib/" + library + ".so")) && Files.exists(BINARIES.resolve("bin/initdb"));
	}

	/**
	 * Starts it.
	 * @param settings as {@code name=value}
	 */
	public static InstalledServer start(String... settings) throws IOException {
		InstalledServer server = new InstalledServer(Files.createTempDirectory("pg-installed-"), freePort());
		if (isRoot()) {
			run(List.of("chown", "postgres", server.directory.toString()));
		}
		Path data = server.directory.resolve("data");
		run(asPostgres("initdb", "--pgdata=" + data, "--username=postgres", "--auth=trust", "--encoding=UTF8",
				"--no-sync"));
		StringBuilder options = new StringBuilder("-p " + server.port + " -k " + server.directory);
		for (String setting : settings) {
			options.append(" -c ").append(setting);
		}
		run(asPostgres("pg_ctl", "--pgdata=" + data, "--wait", "--log=" + server.directory.resolve("log"),
				"--options=" + options + " -c fsync=off -c timezone=Asia/Kolkata", "start"));
		return server;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private static boolean isRoot() {
		return System.getProperty("user.name").equals("root");
	}

	private static List<String> asPostgres(String program, String... arguments) {
		List<String> command = new ArrayList<>();
		if (isRoot()) {
			command.addAll(List.of("runuser", "-u", "postgres", "--"));
		}
		command.add(BINARIES.resolve("bin").resolve(program).toString());
		command.addAll(List.of(arguments));
		return command;
	}

	private static void run(List<String> command) throws IOException {
		Path output = Files.createTempFile("pg-installed-", ".out");
		Process process = new ProcessBuilder(command).directory(Path.of("/").toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
				throw new IOException(command + ": " + Files.readString(output));
			}
			Files.delete(output);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

	public int port() {
		return this.port;
	}

	public String jdbcUrl(String database) {
		return "jdbc:postgresql://localhost:" + this.port + "/" + database;
	}

	/** Asks as a superuser, on a connection of its own each time. */
	public JdbcClient client(String database) {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl(jdbcUrl(database));
		dataSource.setUser("postgres");
		return JdbcClient.create(dataSource);
	}

	@Override
	public void close() throws IOException {
		run(asPostgres("pg_ctl", "--pgdata=" + this.directory.resolve("data"), "--mode=immediate", "--wait", "stop"));
		FileSystemUtils.deleteRecursively(this.directory);
	}

}
