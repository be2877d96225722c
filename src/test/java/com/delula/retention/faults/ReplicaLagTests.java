package com.delula.retention.faults;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.UUID;

import com.delula.retention.run.Mode;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.engine.RunTicket;
import com.delula.retention.support.PostgresServer;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/** A real streaming replica that is held back holds runs back. */
class ReplicaLagTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private Path directory;

	private PostgresServer primary;

	private PostgresServer replica;

	private JdbcClient onReplica;

	/** The replica begins as a copy of the primary while that is stopped. */
	@BeforeEach
	void start() throws IOException {
		this.directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "replica-");
		Path data = this.directory.resolve("primary");
		Path copy = this.directory.resolve("replica");
		int port = freePort();
		PostgresServer.startIn(data, port).close();
		FileSystemUtils.copyRecursively(data, copy);
		copy.toFile().setReadable(false, false);
		copy.toFile().setExecutable(false, false);
		copy.toFile().setReadable(true, true);
		copy.toFile().setExecutable(true, true);
		Files.createFile(copy.resolve("standby.signal"));
		Files.writeString(copy.resolve("postgresql.auto.conf"), """
				primary_conninfo = 'host=localhost port=%d user=postgres application_name=second'
				wal_receiver_status_interval = 1s
				""".formatted(port), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		this.primary = PostgresServer.startIn(data, port);
		this.replica = PostgresServer.startIn(copy, freePort());
		this.onReplica = JdbcClient.create(new DriverManagerDataSource(this.replica.jdbcUrl("postgres"),
				this.replica.username(), this.replica.password()));
	}

	private static int freePort() throws IOException {
		try (ServerSocket free = new ServerSocket(0)) {
			return free.getLocalPort();
		}
	}

	@AfterEach
	void stop() {
		this.replica.close();
		this.primary.close();
		FileSystemUtils.deleteRecursively(this.directory.toFile());
	}

	@Test
	void aReplicaThatFallsBehindIsWaitedFor() {
		try (TestDatabase database = TestDatabase.create(this.primary, Installation.EXISTING)) {
			Books books = new Books(database);
			books.fill(20_000);
			try (Service service = Service.start(database, "retention.run.duty-cycle=0.1",
					"retention.run.max-duration=20s", "retention.throttle.max-replica-lag=2s")) {
				Await.until("the replica follows", PATIENCE, () -> streaming(database));
				this.onReplica.sql("SELECT pg_wal_replay_pause()").query().listOfRows();
				RunTicket ticket = service.begin(Mode.REGULAR);
				UUID run = ticket.run().id();
				Await.until("the run waits", PATIENCE,
						() -> waitingFor(database, run).startsWith("replica second to "));
				long removed = books.removed(run);
				assertThat(removed).isBetween(1L, 19_900L);
				books.assertCounted();
				this.onReplica.sql("SELECT pg_wal_replay_resume()").query().listOfRows();
				Await.until("the run goes on", PATIENCE, () -> books.removed(run) > removed);
				assertThat(service.engine().cancel(run, Service.CALLER)).isTrue();
				assertThat(ticket.outcome().join().run().status()).isEqualTo(RunStatus.CANCELLED);
			}
			books.assertBooked();
		}
	}

	private static boolean streaming(TestDatabase database) {
		return database.jdbc()
			.sql("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming' AND replay_lsn IS NOT NULL")
			.query(Long.class)
			.single() == 1;
	}

	private static String waitingFor(TestDatabase database, UUID run) {
		return database.jdbc()
			.sql("SELECT coalesce(waiting_for, '') FROM retention_run WHERE id = :id")
			.param("id", run)
			.query(String.class)
			.single();
	}

}
