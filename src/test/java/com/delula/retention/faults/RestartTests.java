package com.delula.retention.faults;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

import com.delula.retention.run.Mode;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.engine.RunTicket;
import com.delula.retention.run.engine.RunUnrecordedException;
import com.delula.retention.support.PostgresServer;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/** What happens to a run when the database stops. */
class RestartTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int RESTARTS = Integer.getInteger("restarts", 2);

	private static final int ROWS = 10_000;

	private Path directory;

	private int port;

	private PostgresServer server;

	@BeforeEach
	void start() throws IOException {
		this.directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "restart-");
		try (ServerSocket free = new ServerSocket(0)) {
			this.port = free.getLocalPort();
		}
		this.server = PostgresServer.startIn(this.directory, this.port);
	}

	@AfterEach
	void stop() {
		this.server.close();
		FileSystemUtils.deleteRecursively(this.directory.toFile());
	}

	/**
	 * As often as {@code -Drestarts} says, at any moment, in turn in order and by force.
	 * By force the server loses the batches that it has not flushed, and their counts.
	 */
	@Test
	@Tag("slow")
	void restartInTheMiddleIsWaitedFor() throws Exception {
		Random random = new Random(0);
		try (TestDatabase database = TestDatabase.create(this.server, Installation.EXISTING)) {
			Books books = new Books(database);
			try (Service service = Service.start(database, "retention.run.duty-cycle=0.4")) {
				for (int i = 0; i < RESTARTS; i++) {
					books.fill(ROWS);
					RunTicket ticket = service.begin(Mode.REGULAR);
					long enough = random.nextInt(ROWS / 2);
					Await.until("the run is in the middle", PATIENCE, () -> books.removed(ticket.run().id()) > enough);
					restart(i % 2 == 0);
					Await.until("the database answers", PATIENCE, () -> answers(books));
					books.assertCounted();
					assertThat(ticket.outcome().join().run().status()).isEqualTo(RunStatus.SUCCEEDED);
					books.assertBooked();
					assertThat(books.remaining()).isEqualTo(50);
				}
			}
		}
		System.out.println(RESTARTS + " restarts of the database in the middle of a run; 0 promises broken");
	}

	private void restart(boolean inOrder) throws Exception {
		if (!inOrder) {
			long postmaster = Long.parseLong(Files.readAllLines(this.directory.resolve("postmaster.pid")).get(0));
			ServiceProcess.signal("QUIT", postmaster);
			Await.until("the server is down", PATIENCE,
					() -> ProcessHandle.of(postmaster).filter(ProcessHandle::isAlive).isEmpty());
		}
		this.server.close();
		this.server = PostgresServer.startIn(this.directory, this.port);
	}

	private static boolean answers(Books books) {
		try {
			books.remaining();
			return true;
		}
		catch (DataAccessException ex) {
			return false;
		}
	}

	@Test
	void runThatTheDatabaseLeavesEndsAsFailedAndIsBookedWhenItIsBack() {
		try (TestDatabase database = TestDatabase.create(this.server, Installation.EXISTING)) {
			Books books = new Books(database);
			books.fill(20_000);
			try (Service service = Service.start(database, "retention.run.duty-cycle=0.4", "retention.run.retry-for=1s",
					"spring.datasource.hikari.connection-timeout=500")) {
				RunTicket ticket = service.begin(Mode.REGULAR);
				Await.until("the run is in the middle", PATIENCE, () -> books.removed(ticket.run().id()) > 2_000);
				this.server.close();
				assertThat(ticket.outcome().handle((ended, failure) -> failure).join())
					.isInstanceOf(RunUnrecordedException.class);
				this.server = PostgresServer.startIn(this.directory, this.port);
				Await.until("the run is closed", PATIENCE, () -> !books.status(ticket.run().id()).equals("running"));
				assertThat(books.status(ticket.run().id())).isEqualTo("failed");
				books.assertBooked();
			}
		}
	}

}
