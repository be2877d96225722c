package com.delula.retention.faults;

import java.time.Duration;
import java.util.UUID;

import com.delula.retention.run.Mode;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.engine.RunTicket;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** A real streaming replica that is held back holds runs back. */
class ReplicaLagTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final ReplicatedServer servers = ReplicatedServer.start();

	private final JdbcClient onReplica = this.servers.onReplica();

	@AfterEach
	void stop() {
		this.servers.close();
	}

	@Test
	void aReplicaThatFallsBehindIsWaitedFor() {
		try (TestDatabase database = TestDatabase.create(this.servers.primary(), Installation.EXISTING)) {
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
