package com.delula.retention.run;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The transactions of a run: one snapshot for taking stock, then one for each batch, in
 * which the rows go and are counted together.
 */
class BatchTransaction {

	private static final Logger log = LoggerFactory.getLogger(BatchTransaction.class);

	private static final String STOCK_GUARD = """
			SELECT pg_backend_pid() AS pid, CAST(now() AS text) AS begun,
				set_config('statement_timeout', :statementTimeout, true),
				set_config('plan_cache_mode', 'auto', true),
				set_config('max_parallel_workers_per_gather', '0', true),
				set_config('jit', 'off', true)
			""";

	/** Ends what a session does, if that is still the same transaction. */
	private static final String END = """
			SELECT pg_cancel_backend(a.pid)
			FROM pg_stat_activity a
			WHERE a.pid = :pid AND a.xact_start = CAST(:begun AS timestamptz)
			""";

	private final BatchSession session;

	private final JdbcClient jdbc;

	private final RunLog runLog;

	private final RunProperties properties;

	private final CommitFate fate;

	private final TransactionTemplate batch;

	private final TransactionTemplate look;

	private final ReadOnlySnapshot snapshot;

	/**
	 * Works on plain JDBC: an entity manager for each batch would cost more than all
	 * other Java of the batch, and a batch has no use for one.
	 */
	BatchTransaction(JdbcTemplate jdbc, DataSource dataSource, RunLog runLog, RunProperties properties) {
		PlatformTransactionManager transactionManager = new JdbcTransactionManager(dataSource);
		this.session = new BatchSession(jdbc, properties);
		this.jdbc = JdbcClient.create(jdbc);
		this.runLog = runLog;
		this.properties = properties;
		this.fate = new CommitFate(this.jdbc, properties.retryFor());
		this.batch = new TransactionTemplate(transactionManager);
		this.look = new TransactionTemplate(transactionManager);
		this.look.setReadOnly(true);
		this.snapshot = new ReadOnlySnapshot(dataSource, jdbc);
	}

	/**
	 * Takes stock of all steps in one read-only snapshot.
	 * @param stop ends the counting in the middle when it is given
	 */
	List<Stock> takeStock(List<RetentionStep> steps, StopSignal stop) {
		return lookAsStock(() -> steps.stream().map(RetentionStep::takeStock).toList(), stop);
	}

	/** Looks at the database in a read-only snapshot. */
	<T> T lookAsStock(Supplier<T> look, StopSignal stop) {
		return this.snapshot.look(this.properties.maxDuration(), () -> {
			this.session.waitFor(this.properties.maxDuration());
			Map<String, Object> session = this.jdbc.sql(STOCK_GUARD)
				.param("statementTimeout", this.properties.maxDuration().toMillis() + "ms")
				.query()
				.singleRow();
			Future<?> ending = stop.whenGiven(() -> end(session));
			try {
				return look.get();
			}
			finally {
				ending.cancel(false);
			}
		});
	}

	private void end(Map<String, Object> session) {
		try {
			this.jdbc.sql(END)
				.param("pid", session.get("pid"))
				.param("begun", session.get("begun"))
				.query()
				.listOfRows();
		}
		catch (RuntimeException ex) {
			log.debug("A count goes on to its end: {}", SqlFault.reason(ex));
		}
	}

	/** Looks at the database with a batch's settings, unable to change it. */
	<T> T lookAsBatch(Supplier<T> look) {
		return required(this.look.execute((status) -> {
			this.session.guard();
			this.jdbc.sql("SET TRANSACTION READ ONLY").update();
			return look.get();
		}));
	}

	/**
	 * Writes down how much there is to do and what the batches need.
	 * @return whether the run has been asked to end
	 */
	boolean prepare(RunScope scope, List<RetentionStep> steps, long due, long kept) {
		return required(this.batch.execute((status) -> {
			this.session.guard();
			boolean stop = this.runLog.due(scope.runId(), due, kept);
			if (!scope.request().dryRun()) {
				steps.forEach(RetentionStep::prepare);
			}
			return stop;
		}));
	}

	/** Cuts pieces off the beginning of a slice. */
	List<Cut> cut(RetentionStep step, Slice slice, int rows, int most) {
		return required(this.batch.execute((status) -> {
			this.session.guard();
			return step.cut(slice, rows, most);
		}));
	}

	/**
	 * Removes a slice and counts it.
	 * @throws LeaseLostException if the run is no longer this instance's; nothing is
	 * removed then
	 */
	Removed remove(RunScope scope, RetentionStep step, Slice slice) {
		AtomicReference<@Nullable String> xid = new AtomicReference<>();
		AtomicReference<@Nullable Removed> removed = new AtomicReference<>();
		try {
			this.batch.executeWithoutResult((status) -> {
				xid.set(this.session.begin());
				BatchResult result = step.remove(slice);
				boolean stop = this.runLog.count(scope, step.table(), result.removed(), result.keptReferenced());
				removed.set(new Removed(result, stop));
			});
			return required(removed.get());
		}
		catch (RuntimeException ex) {
			Removed unsure = removed.get();
			if (unsure != null && SqlFault.of(ex) == SqlFault.UNREACHABLE && this.fate.committed(required(xid.get()))) {
				return unsure;
			}
			throw ex;
		}
	}

	/** Counts a row that is due but protected, without removing anything. */
	boolean countKept(RunScope scope, RetentionStep step) {
		return required(this.batch.execute((status) -> {
			this.session.guard();
			return this.runLog.count(scope, step.table(), 0, 1);
		}));
	}

	private static <T> T required(@Nullable T value) {
		return Objects.requireNonNull(value);
	}

	/**
	 * A committed batch.
	 *
	 * @param result what it did
	 * @param stop whether the run has been asked to end
	 */
	record Removed(BatchResult result, boolean stop) {

	}

}
