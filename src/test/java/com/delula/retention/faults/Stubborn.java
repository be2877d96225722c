package com.delula.retention.faults;

import com.delula.retention.support.OtherSession;
import com.delula.retention.support.TestDatabase;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A table whose foreign key points at the generations, and somebody who locks it: whoever
 * counts or removes generations waits.
 */
final class Stubborn implements AutoCloseable {

	private final JdbcClient jdbc;

	private final OtherSession holder;

	private Stubborn(TestDatabase database) {
		this.jdbc = database.jdbc();
		this.jdbc.sql("CREATE TABLE stubborn (generation integer REFERENCES generations (id))").update();
		this.holder = OtherSession.begin(database);
		this.holder.sql("LOCK TABLE stubborn IN ACCESS EXCLUSIVE MODE");
	}

	static Stubborn lock(TestDatabase database) {
		return new Stubborn(database);
	}

	/** Waits until a statement that begins so waits for the table. */
	void awaitWaiting(String beginning) {
		Await.until(beginning + " waits", OnOwnDatabase.PATIENCE, () -> waiting(beginning) > 0);
	}

	/** Waits until a statement that begins so has waited for a third of a second. */
	void awaitLongWaiting(String beginning) {
		Await.until(beginning + " waits for long", OnOwnDatabase.PATIENCE, () -> this.jdbc.sql("""
				SELECT count(*) FROM pg_stat_activity
				WHERE wait_event_type = 'Lock' AND datname = current_database() AND query ILIKE :beginning || '%'
					AND query_start < clock_timestamp() - interval '0.3 s'
				""").param("beginning", beginning).query(Long.class).single() > 0);
	}

	/** Waits until those who waited for the table have given up. */
	void awaitNotWaiting(String beginning) {
		Await.until(beginning + " no longer waits", OnOwnDatabase.PATIENCE, () -> waiting(beginning) == 0);
	}

	private long waiting(String beginning) {
		return this.jdbc.sql("""
				SELECT count(*) FROM pg_stat_activity
				WHERE wait_event_type = 'Lock' AND datname = current_database() AND query ILIKE :beginning || '%'
				""").param("beginning", beginning).query(Long.class).single();
	}

	/** Cuts the connections of those who wait. */
	void terminateWaiting() {
		this.jdbc.sql("""
				SELECT pg_terminate_backend(pid) FROM pg_stat_activity
				WHERE wait_event_type = 'Lock' AND datname = current_database()
				""").query().listOfRows();
	}

	void release() {
		this.holder.commit();
	}

	@Override
	public void close() {
		this.holder.close();
	}

}
