package com.delula.retention.run;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The transactions of a run: one snapshot for taking stock, then one for each batch, in
 * which the rows go and are counted together.
 */
class BatchTransaction {

	private static final Logger log = LoggerFactory.getLogger(BatchTransaction.class);

	/**
	 * Plans are made from the rule's index: a scan of the whole table would walk again
	 * over what earlier batches removed. They are made for the values at hand, because
	 * statements are sent unnamed (prepareThreshold); to ask for that by plan_cache_mode
	 * would have the foreign keys' own triggers plan anew for each row, and a purge take
	 * twice as long. An owner that stalls in the middle of a batch is cut off by the
	 * server.
	 */
	private static final String GUARD = """
			SELECT set_config('statement_timeout', :statementTimeout, true),
				set_config('lock_timeout', :lockTimeout, true),
				set_config('idle_in_transaction_session_timeout', :idleTimeout, true),
				set_config('plan_cache_mode', 'auto', true),
				set_config('enable_seqscan', 'off', true),
				set_config('jit', 'off', true)
			""";

	private static final String STOCK_GUARD = """
			SELECT pg_backend_pid() AS pid, CAST(now() AS text) AS begun,
				set_config('statement_timeout', :statementTimeout, true),
				set_config('plan_cache_mode', 'auto', true),
				set_config('max_parallel_workers_per_gather', '0', true),
				set_config('jit', 'off', true)
			""";

	private static final String PAGES = """
			SELECT coalesce(sum(pg_relation_size(c.oid)), 0) / current_setting('block_size')::bigint
			FROM pg_class c
			WHERE c.oid = to_regclass(:table)
				OR c.oid IN (SELECT t.relid FROM pg_partition_tree(to_regclass(:table)) t)
			""";

	/** Below, a walk is over before a sample has paid for itself. */
	private static final long WORTH_SAMPLING = 50_000;

	/** Rows for which one page is looked at: a batch spans a good many of them. */
	private static final double ROWS_PER_PAGE = 1_000;

	/**
	 * Pages looked at for a walk, however long. They take some milliseconds, a second if
	 * none is cached, and their places some two megabytes.
	 */
	private static final double MOST_PAGES = 8_000;

	/** Ends what a session does, if that is still the same transaction. */
	private static final String END = """
			SELECT pg_cancel_backend(a.pid)
			FROM pg_stat_activity a
			WHERE a.pid = :pid AND a.xact_start = CAST(:begun AS timestamptz)
			""";

	/**
	 * The server ends a statement that takes too long. Where even that is not heard of,
	 * the network swallows what is sent; the connection is given up this much later.
	 */
	private static final Duration ON_THE_WAY = Duration.ofSeconds(5);

	private static final String XID = "SELECT CAST(pg_current_xact_id() AS text)";

	private static final String XID_STATUS = "SELECT pg_xact_status(CAST(:xid AS xid8))";

	private final JdbcTemplate session;

	private final JdbcClient jdbc;

	private final RunLog runLog;

	private final RunProperties properties;

	private final TransactionTemplate batch;

	private final TransactionTemplate snapshot;

	BatchTransaction(JdbcTemplate session, RunLog runLog, RunProperties properties,
			PlatformTransactionManager transactionManager) {
		this.session = session;
		this.jdbc = JdbcClient.create(session);
		this.runLog = runLog;
		this.properties = properties;
		this.batch = new TransactionTemplate(transactionManager);
		this.batch.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
		this.snapshot = new TransactionTemplate(transactionManager);
		this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
		this.snapshot.setReadOnly(true);
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
		return required(this.snapshot.execute((status) -> {
			waitFor(this.properties.maxDuration());
			Map<String, Object> session = this.jdbc.sql(STOCK_GUARD)
				.param("statementTimeout", millis(this.properties.maxDuration()))
				.query()
				.singleRow();
			Future<?> ending = stop.whenGiven(() -> end(session));
			try {
				return look.get();
			}
			finally {
				ending.cancel(false);
			}
		}));
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

	/**
	 * Looks for places at which to end slices. A walk does without where that fails.
	 */
	Waypoints sample(RetentionStep step, Stock stock) {
		if (stock.considered() < WORTH_SAMPLING) {
			return Waypoints.NONE;
		}
		try {
			return lookAsBatch(() -> look(step, stock.considered()));
		}
		catch (RuntimeException ex) {
			log.info("The ends of batches are counted off: {}", SqlFault.reason(ex));
			return Waypoints.NONE;
		}
	}

	private Waypoints look(RetentionStep step, long rows) {
		double pages = this.jdbc.sql(PAGES).param("table", step.table()).query(Double.class).single();
		double wanted = Math.min(MOST_PAGES, rows / ROWS_PER_PAGE);
		List<Watermark> places = step.sample(Math.min(100, 100 * wanted / Math.max(1, pages)));
		return places.isEmpty() ? Waypoints.NONE : new Waypoints(places, (int) Math.max(1, rows / places.size()));
	}

	/** Looks at the database with a batch's settings, unable to change it. */
	<T> T lookAsBatch(Supplier<T> look) {
		return required(this.snapshot.execute((status) -> {
			guard();
			return look.get();
		}));
	}

	/**
	 * Writes down how much there is to do and what the batches need.
	 * @return whether the run has been asked to end
	 */
	boolean prepare(RunScope scope, List<RetentionStep> steps, long due, long kept) {
		return required(this.batch.execute((status) -> {
			boolean stop = this.runLog.due(scope.runId(), due, kept);
			if (!scope.request().dryRun()) {
				steps.forEach(RetentionStep::prepare);
			}
			return stop;
		}));
	}

	/** Cuts the first slice off what lies between two places. */
	List<Watermark> boundary(RetentionStep step, Watermark from, Watermark last, int rows) {
		return required(this.batch.execute((status) -> {
			guard();
			return step.boundary(from, last, rows);
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
				guard();
				this.jdbc.sql("SET CONSTRAINTS ALL IMMEDIATE").update();
				xid.set(this.jdbc.sql(XID).query(String.class).single());
				BatchResult result = step.remove(slice);
				boolean stop = this.runLog.count(scope, step.table(), result.removed(), result.keptReferenced());
				removed.set(new Removed(result, stop));
			});
			return required(removed.get());
		}
		catch (RuntimeException ex) {
			Removed unsure = removed.get();
			if (unsure != null && SqlFault.of(ex) == SqlFault.UNREACHABLE && committed(required(xid.get()))) {
				return unsure;
			}
			throw ex;
		}
	}

	/** Counts a row that is due but protected, without removing anything. */
	boolean countKept(RunScope scope, RetentionStep step) {
		return required(this.batch.execute((status) -> {
			guard();
			return this.runLog.count(scope, step.table(), 0, 1);
		}));
	}

	/**
	 * Finds out what became of a batch whose commit was not answered. The server knows it
	 * by the transaction's id, also after a crash.
	 */
	private boolean committed(String xid) {
		Backoff backoff = new Backoff(this.properties.retryFor());
		StopSignal never = new StopSignal();
		while (true) {
			try {
				Optional<String> status = this.jdbc.sql(XID_STATUS).param("xid", xid).query(String.class).optional();
				if (!status.equals(Optional.of("in progress"))) {
					return status.equals(Optional.of("committed"));
				}
			}
			catch (RuntimeException ex) {
				if (SqlFault.of(ex) != SqlFault.UNREACHABLE) {
					log.warn("A server that does not know transaction {} has not committed it: {}", xid,
							SqlFault.reason(ex));
					return false;
				}
			}
			if (!backoff.pause(never)) {
				return false;
			}
		}
	}

	private void guard() {
		RunProperties.Batch limits = this.properties.batch();
		waitFor(limits.statementTimeout());
		this.jdbc.sql(GUARD)
			.param("statementTimeout", millis(limits.statementTimeout()))
			.param("lockTimeout", millis(limits.lockTimeout()))
			.param("idleTimeout", millis(this.properties.lease()))
			.query()
			.singleRow();
	}

	/** How long an answer on this connection may take; the pool resets it. */
	private void waitFor(Duration statementTimeout) {
		int patience = (int) Math.min(Integer.MAX_VALUE, statementTimeout.plus(ON_THE_WAY).toMillis());
		this.session.execute((Connection connection) -> {
			connection.setNetworkTimeout(Runnable::run, patience);
			return true;
		});
	}

	private static String millis(Duration duration) {
		return duration.toMillis() + "ms";
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
