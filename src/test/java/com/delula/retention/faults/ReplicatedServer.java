package com.delula.retention.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

import com.delula.retention.support.PostgresServer;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * A primary with a streaming replica behind one address. The primary can die and the
 * replica take over, having heard of everything or not.
 */
final class ReplicatedServer implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Path directory;

	private final PostgresServer primary;

	private final PostgresServer replica;

	private final JdbcClient onPrimary;

	private final JdbcClient onReplica;

	private final Balancer address;

	private volatile int port;

	private final int replicaPort;

	/** The replica begins as a copy of the primary while that is stopped. */
	private ReplicatedServer() throws IOException {
		this.directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "replica-");
		Path data = this.directory.resolve("primary");
		Path copy = this.directory.resolve("replica");
		this.port = freePort();
		PostgresServer.startIn(data, this.port).close();
		FileSystemUtils.copyRecursively(data, copy);
		restrict(copy);
		Files.createFile(copy.resolve("standby.signal"));
		Files.writeString(copy.resolve("postgresql.auto.conf"), """
				primary_conninfo = 'host=localhost port=%d user=postgres application_name=second'
				wal_receiver_status_interval = 1s
				""".formatted(this.port), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		this.primary = PostgresServer.startIn(data, this.port);
		this.replicaPort = freePort();
		this.replica = PostgresServer.startIn(copy, this.replicaPort);
		this.onPrimary = client(this.primary);
		this.onReplica = client(this.replica);
		this.address = new Balancer(() -> List.of(this.port));
	}

	static ReplicatedServer start() {
		try {
			return new ReplicatedServer();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket free = new ServerSocket(0)) {
			return free.getLocalPort();
		}
	}

	/** A server refuses a directory that others may read. */
	private static void restrict(Path directory) {
		directory.toFile().setReadable(false, false);
		directory.toFile().setExecutable(false, false);
		directory.toFile().setReadable(true, true);
		directory.toFile().setExecutable(true, true);
	}

	private static JdbcClient client(PostgresServer server) {
		return JdbcClient
			.create(new DriverManagerDataSource(server.jdbcUrl("postgres"), server.username(), server.password()));
	}

	/** The first server. */
	PostgresServer primary() {
		return this.primary;
	}

	/** Asks the second server. */
	JdbcClient onReplica() {
		return this.onReplica;
	}

	/** Whichever of them serves at the moment. */
	PostgresServer address() {
		return PostgresServer.at(this.address.port());
	}

	/** Waits until the replica has heard of all that was committed until now. */
	void awaitReplica() {
		String written = this.onPrimary.sql("SELECT CAST(pg_current_wal_flush_lsn() AS text)")
			.query(String.class)
			.single();
		Await.until("the replica follows", PATIENCE,
				() -> this.onReplica.sql("SELECT coalesce(pg_last_wal_replay_lsn() >= CAST(:lsn AS pg_lsn), false)")
					.param("lsn", written)
					.query(Boolean.class)
					.single());
	}

	/** From now on the replica hears of nothing, and nobody is told. */
	void cutOff() {
		this.onReplica.sql("ALTER SYSTEM SET primary_conninfo = ''").update();
		this.onReplica.sql("SELECT pg_reload_conf()").query().listOfRows();
		Await.until("the replica is cut off", PATIENCE,
				() -> this.onReplica.sql("SELECT count(*) FROM pg_stat_wal_receiver WHERE pid IS NOT NULL")
					.query(Long.class)
					.single() == 0);
	}

	/** The primary dies, the address moves, and then the replica is promoted. */
	void failOver() {
		kill();
		this.port = this.replicaPort;
		this.onReplica.sql("SELECT pg_promote(true, 60)").query().listOfRows();
	}

	private void kill() {
		try {
			long pid = Long.parseLong(Files.readAllLines(this.directory.resolve("primary/postmaster.pid")).get(0));
			ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
			postmaster.destroyForcibly();
			postmaster.onExit().join();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.address.close();
		this.replica.close();
		this.primary.close();
		FileSystemUtils.deleteRecursively(this.directory.toFile());
	}

}
