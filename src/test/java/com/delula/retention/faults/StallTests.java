package com.delula.retention.faults;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.engine.RunTicket;
import com.delula.retention.support.OtherSession;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A run that has not got beyond counting, because that takes long, can be ended all the
 * same. Here it takes as long as somebody else holds the whole table.
 */
class StallTests extends OnOwnDatabase {

	@Test
	void cancelEndsTheCount() {
		this.books.fill(100);
		try (Service service = Service.start(this.database); OtherSession holder = hold()) {
			RunTicket ticket = service.begin(Mode.REGULAR);
			holder.awaitBlocked();
			service.engine().cancel(ticket.run().id(), Service.CALLER);
			assertThat(ended(ticket, 3).status()).isEqualTo(RunStatus.CANCELLED);
		}
		this.books.assertBooked();
		assertThat(this.books.remaining()).isEqualTo(100);
	}

	@Test
	void cancelOnAnotherInstanceEndsTheCountWithTheNextRenewal() {
		try (Service one = Service.start(this.database);
				Service two = Service.start(this.database);
				OtherSession holder = hold()) {
			RunTicket ticket = one.begin(Mode.REGULAR);
			holder.awaitBlocked();
			assertThat(two.engine().cancel(ticket.run().id(), Service.CALLER)).isTrue();
			assertThat(ended(ticket, 10).status()).isEqualTo(RunStatus.CANCELLED);
		}
		this.books.assertBooked();
	}

	@Test
	void shutdownEndsTheCount() {
		try (Service service = Service.start(this.database); OtherSession holder = hold()) {
			RunTicket ticket = service.begin(Mode.EMERGENCY);
			holder.awaitBlocked();
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(service.engine()::stop);
			assertThat(stopped).succeedsWithin(Duration.ofSeconds(8));
			assertThat(ended(ticket, 1).status()).isEqualTo(RunStatus.INTERRUPTED);
		}
		this.books.assertBooked();
	}

	@Test
	void maxDurationEndsTheCount() {
		try (Service service = Service.start(this.database, "retention.run.max-duration=1s");
				OtherSession holder = hold()) {
			RunTicket ticket = service.begin(Mode.REGULAR);
			holder.awaitBlocked();
			assertThat(ended(ticket, 5).status()).isEqualTo(RunStatus.TIMED_OUT);
		}
		this.books.assertBooked();
	}

	private OtherSession hold() {
		return OtherSession.begin(this.database).sql("LOCK TABLE generations IN ACCESS EXCLUSIVE MODE");
	}

	private static Run ended(RunTicket ticket, int seconds) {
		return ticket.outcome().orTimeout(seconds, TimeUnit.SECONDS).join().run();
	}

}
