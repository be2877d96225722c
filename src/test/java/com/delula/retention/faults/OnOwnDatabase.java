package com.delula.retention.faults;

import java.time.Duration;

import com.delula.retention.run.Mode;
import com.delula.retention.run.engine.RunTicket;
import com.delula.retention.support.TestDatabase;
import org.junit.jupiter.api.AfterEach;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Tests that each have a database of their own, and the books of what was in it. */
abstract class OnOwnDatabase {

	static final Duration PATIENCE = Duration.ofSeconds(40);

	final TestDatabase database = TestDatabase.started();

	final JdbcClient jdbc = this.database.jdbc();

	final Books books = new Books(this.database);

	/** Begins a cleanup and waits until it has removed more than that many rows. */
	RunTicket inTheMiddle(Service service, long removed) {
		RunTicket ticket = service.begin(Mode.REGULAR);
		Await.until("the run is in the middle", PATIENCE, () -> this.books.removed(ticket.run().id()) > removed);
		return ticket;
	}

	@AfterEach
	void drop() {
		this.database.close();
	}

}
