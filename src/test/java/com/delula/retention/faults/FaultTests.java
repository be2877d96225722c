package com.delula.retention.faults;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunOutcome;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.engine.RunTicket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** What happens to a run when the database or its neighbours are in its way. */
@Tag("core")
class FaultTests extends OnOwnDatabase {

	private static final String CUT_CONNECTIONS = """
			SELECT count(pg_terminate_backend(pid))
			FROM pg_stat_activity
			WHERE datname = current_database() AND application_name LIKE 'retention-%'
			""";

	@Test
	void brokenConnectionsAreTriedAgain() {
		this.books.fill(20_000);
		try (Service service = Service.start(this.database, "retention.run.duty-cycle=0.4")) {
			RunTicket ticket = service.begin(Mode.REGULAR);
			for (int i = 1; i <= 3; i++) {
				long enough = 2_000L * i;
				Await.until("the run is in the middle", PATIENCE,
						() -> this.books.removed(ticket.run().id()) >= enough);
				this.jdbc.sql(CUT_CONNECTIONS).query(Long.class).single();
				this.books.assertCounted();
			}
			RunOutcome outcome = ticket.outcome().join();
			assertThat(outcome.run().status()).isEqualTo(RunStatus.SUCCEEDED);
			assertDetailsAgree(outcome);
		}
		this.books.assertBooked();
		assertThat(this.books.remaining()).isEqualTo(50);
	}

	@Test
	void commitWhoseAnswerIsLostCountsAsWhatItWas() {
		this.books.fill(5_000);
		try (CutOffProxy proxy = CutOffProxy.before(this.database)) {
			try (Service service = Service.start(this.database, "spring.datasource.url=" + proxy.jdbcUrl(),
					"retention.run.workers=1")) {
				for (int batches = 0; batches < 16; batches += 3) {
					proxy.cutAfterBatches(batches);
					RunOutcome outcome = service.run(Mode.REGULAR);
					assertThat(outcome.run().status()).isEqualTo(RunStatus.SUCCEEDED);
					assertDetailsAgree(outcome);
					this.books.assertBooked();
					this.books.fill(3_000);
				}
				assertThat(proxy.cuts()).isGreaterThanOrEqualTo(4);
			}
		}
	}

	/** A row that stays is counted in a transaction of its own. */
	@Test
	void keptRowIsCountedOnceThoughItsCommitGoesUnanswered() {
		this.books.fill(60);
		this.jdbc.sql("""
				CREATE FUNCTION protect() RETURNS trigger LANGUAGE plpgsql AS $$
				BEGIN
					RAISE EXCEPTION 'protected' USING ERRCODE = '23503';
				END $$;
				CREATE TRIGGER protect BEFORE DELETE ON generations FOR EACH ROW WHEN (OLD.prompt = 'protected')
				EXECUTE FUNCTION protect();
				UPDATE generations SET prompt = 'protected' WHERE updated_at = (SELECT min(updated_at) FROM generations)
				""").update();
		try (CutOffProxy proxy = CutOffProxy.before(this.database);
				Service service = Service.start(this.database, "spring.datasource.url=" + proxy.jdbcUrl(),
						"retention.run.workers=1")) {
			for (int batches = 0; batches < 5; batches++) {
				proxy.cutAfterBatches(batches);
				Run run = service.run(Mode.REGULAR).run();
				assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
				assertThat(run.rowsKeptReferenced()).as(batches + " batches, then a cut").isEqualTo(1);
				this.books.fill(10);
			}
			assertThat(proxy.cuts()).isGreaterThanOrEqualTo(3);
		}
		this.books.assertBooked();
	}

	/** Nothing can be booked then, and no later run stopped. */
	@Test
	void runWhoseHistoryIsDeletedStopsNoOther() {
		this.books.fill(20_000);
		try (Service service = Service.start(this.database, "retention.run.duty-cycle=0.2")) {
			RunTicket ticket = inTheMiddle(service, 200);
			this.jdbc.sql("DELETE FROM retention_run").update();
			assertThat(ticket.outcome().handle((ended, failure) -> failure).join()).isNotNull();
			assertThat(service.run(Mode.EMERGENCY).run().status()).isEqualTo(RunStatus.SUCCEEDED);
		}
		assertThat(this.books.remaining()).isZero();
	}

	@Test
	void connectionThatFallsSilentIsGivenUp() {
		this.books.fill(2_000);
		try (CutOffProxy proxy = CutOffProxy.before(this.database)) {
			try (Service service = Service.start(this.database, "spring.datasource.url=" + proxy.jdbcUrl(),
					"retention.run.batch.statement-timeout=100ms")) {
				proxy.fallSilentAfterBatches(3);
				RunOutcome outcome = service.begin(Mode.REGULAR).outcome().orTimeout(30, TimeUnit.SECONDS).join();
				assertThat(outcome.run().status()).isEqualTo(RunStatus.SUCCEEDED);
				assertDetailsAgree(outcome);
				assertThat(proxy.cuts()).isPositive();
			}
		}
		this.books.assertBooked();
		assertThat(this.books.remaining()).isEqualTo(50);
	}

	/** What the caller is told by recipe is what the history counted. */
	private static void assertDetailsAgree(RunOutcome outcome) {
		long told = outcome.steps().stream().mapToLong((step) -> step.removed()).sum();
		assertThat(told).isEqualTo(outcome.run().rowsRemoved());
	}

	@Test
	void rowsThatSomebodyHoldsAreWaitedFor() {
		this.books.fill(2_000);
		try (Service service = Service.start(this.database)) {
			CompletableFuture<Void> release = new CompletableFuture<>();
			CompletableFuture<Void> holder = hold(5, release);
			RunTicket ticket = service.begin(Mode.EMERGENCY);
			Await.until("all but a few are gone", PATIENCE, () -> this.books.remaining() <= 300);
			assertThat(ticket.outcome()).isNotDone();
			release.complete(null);
			holder.join();
			assertThat(ticket.outcome().join().run().status()).isEqualTo(RunStatus.SUCCEEDED);
		}
		this.books.assertBooked();
		assertThat(this.books.remaining()).isZero();
	}

	/** Locks rows in a transaction of its own until released. */
	private CompletableFuture<Void> hold(int rows, CompletableFuture<Void> release) {
		CompletableFuture<Void> held = new CompletableFuture<>();
		CompletableFuture<Void> holder = CompletableFuture.runAsync(() -> transaction().executeWithoutResult((tx) -> {
			this.jdbc.sql("SELECT id FROM generations ORDER BY id LIMIT :rows FOR UPDATE")
				.param("rows", rows)
				.query()
				.listOfRows();
			held.complete(null);
			release.join();
		}));
		held.join();
		return holder;
	}

	@Test
	@Tag("slow")
	void rowThatIsNeverLetGoIsLeftToTheNextRun() {
		this.books.fill(2_000);
		try (Service service = Service.start(this.database, "retention.run.retry-for=1s")) {
			CompletableFuture<Void> release = new CompletableFuture<>();
			CompletableFuture<Void> holder = hold(1, release);
			Run run = service.run(Mode.EMERGENCY).run();
			assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
			assertThat(run.note())
				.isEqualTo("1 row left to the next run (held by another session for longer than 10 s)");
			assertThat(run.rowsLeftLocked()).isEqualTo(1);
			assertThat(run.rowsRemoved()).as("all but the row that is held").isEqualTo(1_999);
			this.books.assertBooked();
			release.complete(null);
			holder.join();
			assertThat(service.run(Mode.EMERGENCY).run().status()).isEqualTo(RunStatus.SUCCEEDED);
		}
		this.books.assertBooked();
		assertThat(this.books.remaining()).isZero();
	}

	@Test
	void deadRunIsClosedOnceAlsoWhenTwoTry() {
		try (Service one = Service.start(this.database); Service two = Service.start(this.database)) {
			for (int i = 0; i < 10; i++) {
				this.jdbc
					.sql("""
							INSERT INTO retention_run (id, task, mode, trigger, actor, status, dry_run, cutoff, started_at, owner)
							VALUES (gen_random_uuid(), 'backlog-cleanup', 'regular', 'api', 'dead', 'running', false, now(),
								now(), 'dead')
							""")
					.update();
				CompletableFuture<Void> first = CompletableFuture.runAsync(one.engine()::recover);
				two.engine().recover();
				first.join();
				Await.until("it is closed", PATIENCE,
						() -> this.jdbc.sql("SELECT count(*) FROM retention_run WHERE status = 'running'")
							.query(Long.class)
							.single() == 0);
			}
			this.books.assertBooked();
			assertThat(this.jdbc.sql("SELECT count(*) FROM credit_transactions").query(Long.class).single())
				.isEqualTo(10);
		}
	}

	@Test
	void runThatTakesTooLongEndsAsTimedOutAndTheNextGoesOn() {
		this.books.fill(20_000);
		try (Service service = Service.start(this.database, "retention.run.max-duration=3s",
				"retention.run.duty-cycle=0.1")) {
			Run run = service.run(Mode.REGULAR).run();
			assertThat(run.status()).isEqualTo(RunStatus.TIMED_OUT);
			assertThat(run.rowsRemoved()).isPositive();
			this.books.assertBooked();
			long left = this.books.remaining();
			Run next = service.run(Mode.REGULAR).run();
			assertThat(next.rowsRemoved()).isEqualTo(left - this.books.remaining());
		}
		this.books.assertBooked();
	}

	@Test
	void cancelEndsTheRunOnWhicheverInstanceItIs() {
		this.books.fill(20_000);
		try (Service one = Service.start(this.database, "retention.run.duty-cycle=0.2");
				Service two = Service.start(this.database)) {
			RunTicket ticket = inTheMiddle(one, 200);
			assertThat(two.engine().cancel(ticket.run().id(), Service.CALLER)).isTrue();
			Run run = ticket.outcome().join().run();
			assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
			assertThat(two.engine().cancel(run.id(), Service.CALLER)).isFalse();
			assertThat(run.laterActions()).extracting((action) -> action.action() + " by " + action.by())
				.containsExactly("cancelled by test (api)");
		}
		assertThat(this.jdbc.sql("SELECT metadata -> 'actions' -> 1 ->> 'action' FROM credit_transactions")
			.query(String.class)
			.single()).isEqualTo("cancelled");
		this.books.assertBooked();
		assertThat(this.books.remaining()).isGreaterThan(50);
	}

	@Test
	void cancelIsToldThatItWasInTime() {
		this.books.fill(20_000);
		try (Service service = Service.start(this.database, "retention.run.duty-cycle=0.02")) {
			for (int i = 0; i < 4; i++) {
				RunTicket ticket = inTheMiddle(service, 0);
				assertThat(service.engine().cancel(ticket.run().id(), Service.CALLER)).isTrue();
				assertThat(ticket.outcome().join().run().status()).isEqualTo(RunStatus.CANCELLED);
			}
		}
		this.books.assertBooked();
	}

	@Test
	void oldRunsAreForgottenButNeverTheNewest() {
		try (Service service = Service.start(this.database, "retention.run.history.max-age=1d",
				"retention.run.history.keep-per-task=3")) {
			for (int i = 0; i < 5; i++) {
				service.run(Mode.REGULAR);
			}
			service.engine().forget();
			assertThat(runs()).isEqualTo(5);
			this.jdbc.sql("UPDATE retention_run SET finished_at = finished_at - interval '2 days'").update();
			service.engine().forget();
			assertThat(runs()).isEqualTo(3);
		}
	}

	private long runs() {
		return this.jdbc.sql("SELECT count(*) FROM retention_run").query(Long.class).single();
	}

	private TransactionTemplate transaction() {
		return new TransactionTemplate(new DataSourceTransactionManager(this.database.dataSource()));
	}

}
