package com.delula.retention.pgcron;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL server with pg_cron, from the binaries installed on this machine. It
 * refuses root, so root has the user postgres start it.
 */
final class CronServer implements AutoCloseable {

	private static final Path BINARIES = Path.of("/usr/lib/postgresql/15");

	private final Path directory;

	private final int port;

	private CronServer(Path directory, int port) {
		this.directory = directory;
		this.port = port;
	}

	static boolean isInstalled() {
		return Files.exists(BINARIES.resolve("lib/pg_cron.so")) && Files.exists(BINARIES.resolve("bin/initdb"));
	}

	/**
	 * Starts it.
	 * @param cronDatabase where pg_cron keeps its jobs
	 */
	static CronServer start(String cronDatabase) throws IOException {
		CronServer server = new CronServer(Files.createTempDirectory("pg-cron-"), freePort());
		if (isRoot()) {
			run(List.of("chown", "postgres", server.directory.toString()));
		}
		Path data = server.directory.resolve("data");
		run(asPostgres("initdb", "--pgdata=" + data, "--username=postgres", "--auth=trust", "--encoding=UTF8",
				"--no-sync"));
		run(asPostgres("pg_ctl", "--pgdata=" + data, "--wait", "--log=" + server.directory.resolve("log"),
				"--options=-p " + server.port + " -k " + server.directory
						+ " -c shared_preload_libraries=pg_cron -c cron.use_background_workers=on -c fsync=off"
						+ " -c timezone=Asia/Kolkata -c cron.database_name=" + cronDatabase,
				"start"));
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
		Path output = Files.createTempFile("pg-cron-", ".out");
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

	String jdbcUrl(String database) {
		return "jdbc:postgresql://localhost:" + this.port + "/" + database;
	}

	@Override
	public void close() throws IOException {
		run(asPostgres("pg_ctl", "--pgdata=" + this.directory.resolve("data"), "--mode=immediate", "--wait", "stop"));
		FileSystemUtils.deleteRecursively(this.directory);
	}

}
