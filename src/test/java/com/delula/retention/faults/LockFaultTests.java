package com.delula.retention.faults;

import java.util.UUID;

import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.engine.RunTicket;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What happens to a run whose lock is taken, lapses or is tidied away. */
class LockFaultTests extends OnOwnDatabase {

	@Test
	void lockTakenAwayEndsTheRunWithoutAnotherRow() {
		this.books.fill(20_000);
		try (Service service = Service.start(this.database, "retention.run.duty-cycle=0.2")) {
			RunTicket ticket = inTheMiddle(service, 500);
			UUID id = ticket.run().id();
			this.jdbc.sql("UPDATE retention_lock SET locked_by = 'thief', lock_until = lock_until + interval '1 h'")
				.update();
			long removed = this.books.removed(id);
			Run run = ticket.outcome().join().run();
			assertThat(run.status()).isEqualTo(RunStatus.INTERRUPTED);
			// Batches that were committed before the theft may not be seen by the first
			// look.
			assertThat(run.rowsRemoved()).isBetween(removed, removed + 2 * 100);
		}
		this.books.assertBooked();
	}

	@Test
	void runThatAnotherInstanceHasClosedIsNotClosedAgain() {
		this.books.fill(20_000);
		try (Service service = Service.start(this.database, "retention.run.duty-cycle=0.2")) {
			RunTicket ticket = inTheMiddle(service, 500);
			UUID id = ticket.run().id();
			this.jdbc.sql("""
					UPDATE retention_run
					SET status = 'interrupted', error = 'closed by another', finished_at = clock_timestamp()
					WHERE id = :id""").param("id", id).update();
			Run run = ticket.outcome().join().run();
			assertThat(run.error()).isEqualTo("closed by another");
			assertThat(run.rowsRemoved()).isEqualTo(this.books.removed(id));
		}
		assertThat(this.jdbc.sql("SELECT count(*) FROM credit_transactions").query(Long.class).single()).isZero();
	}

	@Test
	void lapsedLockThatNobodyTookIsTakenAgain() {
		this.books.fill(5_000);
		try (Service service = Service.start(this.database, "retention.run.duty-cycle=0.2")) {
			RunTicket ticket = inTheMiddle(service, 500);
			this.jdbc.sql("UPDATE retention_lock SET lock_until = lock_until - interval '1 h'").update();
			assertThat(ticket.outcome().join().run().status()).isEqualTo(RunStatus.SUCCEEDED);
		}
		this.books.assertBooked();
		assertThat(this.books.remaining()).isEqualTo(50);
	}

	@Test
	void lockThatSomebodyDeletedIsMadeAnew() {
		this.books.fill(100);
		try (Service service = Service.start(this.database)) {
			assertThat(service.run(Mode.REGULAR).run().status()).isEqualTo(RunStatus.SUCCEEDED);
			this.jdbc.sql("DELETE FROM retention_lock").update();
			assertThat(service.run(Mode.EMERGENCY).run().status()).isEqualTo(RunStatus.SUCCEEDED);
		}
		this.books.assertBooked();
	}

}
