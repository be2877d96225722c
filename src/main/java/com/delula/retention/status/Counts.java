package com.delula.retention.status;

import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

import com.delula.retention.database.ReadOnlySnapshot;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts rows of large tables: one count at a time over the process, each in a read-only
 * snapshot, with a timeout, and not for longer than somebody is connected who wants it.
 */
public class Counts {

	/**
	 * A count takes one processor of the server and no more. A server that can notices
	 * within seconds that its client is gone.
	 */
	private static final String GUARD = """
			SELECT set_config('max_parallel_workers_per_gather', '0', true),
				set_config('plan_cache_mode', 'auto', true),
				set_config('jit', 'off', true),
				(SELECT set_config(s.name, '2s', true)
					FROM pg_settings s
					WHERE s.name = 'client_connection_check_interval' AND version() LIKE '%linux%')
			""";

	/** The last run and the last change of a policy, on any instance. */
	private static final String LAST_RUN = """
			SELECT concat_ws(' ', (SELECT r.id
					FROM retention_run r
					WHERE r.task = :task AND r.finished_at IS NOT NULL AND NOT r.dry_run
					ORDER BY r.started_at DESC, r.id DESC
					LIMIT 1),
				(SELECT max(c.id) FROM retention_policy_change c WHERE c.rule = :task))
			""";

	/**
	 * How much longer the client waits than the server, before the connection counts as
	 * dead.
	 */
	private static final Duration ON_THE_WAY = Duration.ofSeconds(5);

	private final JdbcTemplate template;

	private final JdbcClient jdbc;

	private final ReadOnlySnapshot snapshot;

	private final Duration timeout;

	private final ReentrantLock turn = new ReentrantLock(true);

	private final Rest rest = new Rest();

	Counts(JdbcTemplate jdbc, ReadOnlySnapshot snapshot, Duration timeout) {
		this.template = jdbc;
		this.jdbc = JdbcClient.create(jdbc);
		this.snapshot = snapshot;
		this.timeout = timeout;
	}

	/**
	 * A count that callers share.
	 * @param name the name of its thread
	 * @param task the task whose runs change it
	 * @param count done in a read-only snapshot
	 */
	public <T> FreshCount<T> shared(String name, String task, Supplier<T> count) {
		Latest lastRun = new Latest(() -> lastRun(task));
		return new FreshCount<>(name, () -> count(task, count), lastRun::get, this.rest);
	}

	/**
	 * A count that callers share.
	 * @param first done before the snapshot, for what may fail or wait by itself
	 * @param count done in a read-only snapshot, with what was found first
	 */
	<A, T> FreshCount<T> shared(String name, String task, Supplier<A> first, Function<A, T> count) {
		Latest lastRun = new Latest(() -> lastRun(task));
		return new FreshCount<>(name, () -> {
			A found = first.get();
			return count(task, () -> count.apply(found));
		}, lastRun::get, this.rest);
	}

	/** Counts anew for one caller, who waits for the counts before it. */
	public <T> T once(Supplier<T> count) {
		return alone(count);
	}

	/**
	 * Counts for nobody in particular, when counts of that kind have rested long enough.
	 */
	public <T> T unattended(Supplier<T> count) {
		try {
			this.rest.begin();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new CancellationException();
		}
		long begun = System.nanoTime();
		try {
			return alone(count);
		}
		finally {
			this.rest.end(System.nanoTime() - begun);
		}
	}

	private <T> Counted<T> count(String task, Supplier<T> count) {
		return alone(() -> {
			String lastRun = lastRun(task);
			return new Counted<>(count.get(), lastRun);
		});
	}

	/** Many readers of a large table at a time would hurt its writers. */
	private <T> T alone(Supplier<T> count) {
		this.turn.lock();
		try {
			return this.snapshot.look(this.timeout, () -> {
				guard();
				return count.get();
			});
		}
		finally {
			this.turn.unlock();
		}
	}

	private void guard() {
		int patience = (int) this.timeout.plus(ON_THE_WAY).toMillis();
		this.template.execute((Connection connection) -> {
			connection.setNetworkTimeout(Runnable::run, patience);
			return true;
		});
		this.jdbc.sql(GUARD).query().singleRow();
	}

	private @Nullable String lastRun(String task) {
		return this.jdbc.sql(LAST_RUN).param("task", task).query(String.class).optional().orElse(null);
	}

}
