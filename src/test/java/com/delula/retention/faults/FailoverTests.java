package com.delula.retention.faults;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;

import com.delula.retention.backlog.BacklogAnswers;
import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunOutcome;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.Steering;
import com.delula.retention.run.engine.RunTicket;
import com.delula.retention.run.engine.RunUnrecordedException;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The primary dies in the middle of a run, and a streaming replica takes over behind the
 * same address. What it had not heard of is lost, and rows, counts and ledger agree all
 * the same.
 */
@Tag("slow")
class FailoverTests {

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private static final int ROWS = 16_000;

	/**
	 * The lease outlasts the failover, so that no other instance closes the run
	 * meanwhile.
	 */
	private static final String[] PACE = { "retention.run.duty-cycle=0.05", "retention.run.retry-for=1m",
			"retention.run.lease=30s" };

	private ReplicatedServer servers;

	private TestDatabase database;

	private Books books;

	private Service service;

	private Service other;

	@BeforeEach
	void start() {
		this.servers = ReplicatedServer.start();
		this.database = TestDatabase.create(this.servers.address(), Installation.EXISTING);
		this.books = new Books(this.database);
		this.books.fill(ROWS);
		this.service = Service.startListening(this.database, PACE);
		this.other = Service.startListening(this.database, PACE);
		this.servers.awaitReplica();
	}

	@AfterEach
	void stop() {
		this.service.close();
		this.other.close();
		this.database.close();
		this.servers.close();
	}

	@Test
	void aRunGoesOnWhereTheReplicaTakesOver() {
		RunTicket ticket = inTheMiddle();
		RunOutcome outcome = failOver(ticket);
		assertThat(outcome.run().status()).isEqualTo(RunStatus.SUCCEEDED);
		assertThat(outcome.run().rowsRemoved()).isEqualTo(ROWS - this.books.remaining());
		assertServes();
	}

	/**
	 * The run's own count goes back with the rows that come back, and the run says so.
	 */
	@Test
	void rowsWhoseRemovalTheReplicaHadNotHeardOfAreNotCounted() {
		RunTicket ticket = inTheMiddle();
		this.servers.awaitReplica();
		this.servers.cutOff();
		long heard = series(ticket);
		until("more was removed", () -> series(ticket) > heard + 2);
		RunOutcome outcome = failOver(ticket);
		assertThat(outcome.run().status()).isEqualTo(RunStatus.SUCCEEDED);
		assertThat(outcome.run().rowsRemoved()).isLessThan(ROWS - 50);
		assertThat(outcome.run().note()).contains("came back in a failover");
		assertThat(this.service.bean(BacklogAnswers.class).regular(outcome).cleanupDetails()).isEmpty();
		assertThat(this.database.jdbc()
			.sql("SELECT removed_by_group IS NULL FROM retention_run WHERE id = :id")
			.param("id", outcome.run().id())
			.query(Boolean.class)
			.single()).isTrue();
		assertServes();
	}

	/**
	 * The history does not know it, and the instance that carried it out gets over it.
	 */
	@Test
	void aRunThatTheReplicaHadNotHeardOfBarsNoOther() {
		this.servers.cutOff();
		RunTicket ticket = inTheMiddle();
		this.servers.failOver();
		assertThat(ticket.outcome().handle((ended, failure) -> failure).join())
			.isInstanceOf(RunUnrecordedException.class);
		assertServes();
	}

	private RunTicket inTheMiddle() {
		RunTicket ticket = this.service.begin(Mode.REGULAR);
		until("the run is in the middle", () -> series(ticket) > 1);
		return ticket;
	}

	/** What becomes of a run, which has no need to be slow any more. */
	private RunOutcome failOver(RunTicket ticket) {
		this.servers.failOver();
		until("the run hurries",
				() -> this.service.engine().steer(ticket.run().id(), new Steering(null, 1.0), Service.CALLER));
		return ticket.outcome().join();
	}

	/** Of how many calls with batches in them the end has been heard. */
	private long series(RunTicket ticket) {
		return this.database.jdbc()
			.sql("SELECT series FROM retention_run WHERE id = :id AND rows_removed > 0")
			.param("id", ticket.run().id())
			.query(Long.class)
			.optional()
			.orElse(0L);
	}

	/** Both are ready by themselves, and the next run does what is left. */
	private void assertServes() {
		until("the database answers", () -> this.books.remaining() > 0);
		this.books.assertBooked();
		for (Service instance : List.of(this.service, this.other)) {
			until("the instance is ready", instance::isReady);
		}
		Run[] next = new Run[1];
		until("the next run", () -> {
			next[0] = this.service.run(Mode.REGULAR).run();
			return true;
		});
		assertThat(Objects.requireNonNull(next[0]).status()).isEqualTo(RunStatus.SUCCEEDED);
		this.books.assertBooked();
		assertThat(this.books.remaining()).isEqualTo(50);
	}

	private static void until(String what, BooleanSupplier condition) {
		Await.until(what, PATIENCE, () -> {
			try {
				return condition.getAsBoolean();
			}
			catch (DataAccessException | TransactionException ex) {
				return false;
			}
		});
	}

}
