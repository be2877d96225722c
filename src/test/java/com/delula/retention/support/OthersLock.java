package com.delula.retention.support;

import org.springframework.jdbc.core.simple.JdbcClient;

/** A task's lock in the hands of an instance that is not there. */
public final class OthersLock {

	private OthersLock() {
	}

	/** Holds the lock for an hour: its run is not closed as left behind. */
	public static void hold(JdbcClient jdbc, String task) {
		until(jdbc, task, "now() + interval '1 hour'");
	}

	/** Lets the lock go. */
	public static void release(JdbcClient jdbc, String task) {
		until(jdbc, task, "now()");
	}

	private static void until(JdbcClient jdbc, String task, String time) {
		jdbc.sql("""
				INSERT INTO retention_lock (name, lock_until, locked_at, locked_by)
				VALUES (:task, (%s) AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC', 'other')
				ON CONFLICT (name) DO UPDATE SET lock_until = excluded.lock_until, locked_by = excluded.locked_by
				""".formatted(time)).param("task", task).update();
	}

}
