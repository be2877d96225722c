package com.delula.retention.run.batch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.function.Supplier;

import javax.sql.DataSource;

import com.delula.retention.database.ReadOnlySnapshot;
import com.delula.retention.database.SqlFault;
import com.delula.retention.run.BatchResult;
import com.delula.retention.run.Cut;
import com.delula.retention.run.RetentionStep;
import com.delula.retention.run.RunProperties;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.Slice;
import com.delula.retention.run.StopSignal;
import com.delula.retention.run.history.Found;
import com.delula.retention.run.history.LeaseLostException;
import com.delula.retention.run.history.LimitExceededException;
import com.delula.retention.run.history.RunLog;
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
public class BatchTransaction {

	private static final Logger log = LoggerFactory.getLogger(BatchTransaction.class);

	private static final String STOCK_GUARD = """
			SELECT pg_backend_pid() AS pid, CAST(now() AS text) AS begun,
				set_config('statement_timeout', :statementTimeout, true),
				set_config('TimeZone', 'UTC', true),
				set_config('DateStyle', 'ISO', true),
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

	private final CountedTransaction counted;

	private final TransactionTemplate batch;

	private final TransactionTemplate look;

	private final ReadOnlySnapshot snapshot;

	private final BatchSeries series;

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
		this.batch = new TransactionTemplate(transactionManager);
		this.counted = new CountedTransaction(this.batch, this.session,
				new CommitFate(this.jdbc, properties.retryFor()));
		this.look = new TransactionTemplate(transactionManager);
		this.look.setReadOnly(true);
		this.snapshot = new ReadOnlySnapshot(dataSource, jdbc);
		this.series = new BatchSeries(jdbc, this.session, runLog, properties, this.batch);
	}

	/** Many small batches in one call. */
	public BatchSeries series() {
		return this.series;
	}

	/** How many transactions the database has seen so far, of whomever. */
	public long transactions() {
		return this.jdbc.sql(BatchSeries.TRANSACTIONS).query(Long.class).single();
	}

	/** Looks at the database in a read-only snapshot. */
	<T> T lookAsStock(Supplier<T> look, StopSignal stop) {
		return count(look, stop, this.properties.maxDuration());
	}

	/**
	 * Looks at the database in a read-only snapshot.
	 * @param limit how long each statement may take
	 */
	public <T> T count(Supplier<T> look, StopSignal stop, Duration limit) {
		return this.snapshot.look(limit, () -> watched(look, stop, limit));
	}

	/** Cancels the statement under way when the run is stopped. */
	private <T> T watched(Supplier<T> look, StopSignal stop, Duration limit) {
		this.session.waitFor(limit);
		Map<String, Object> session = this.jdbc.sql(STOCK_GUARD)
			.param("statementTimeout", limit.toMillis() + "ms")
			.query()
			.singleRow();
		Future<?> ending = stop.whenGiven(() -> end(session));
		try {
			return look.get();
		}
		finally {
			ending.cancel(false);
		}
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
	public <T> T lookAsBatch(Supplier<T> look) {
		return Objects.requireNonNull(this.look.execute((status) -> {
			this.session.guard();
			this.jdbc.sql("SET TRANSACTION READ ONLY").update();
			return look.get();
		}));
	}

	/** Has the steps write down what the batches need. */
	public void prepare(List<RetentionStep> steps, StopSignal stop) {
		this.session.look();
		this.batch.executeWithoutResult((status) -> {
			this.session.guard();
			watched(() -> {
				steps.forEach(RetentionStep::prepare);
				return true;
			}, stop, this.properties.maxDuration());
		});
	}

	/**
	 * Writes down how much there is to do.
	 * @return whether the run has been asked to end
	 */
	public boolean record(RunScope scope, Found found) {
		return Objects.requireNonNull(this.batch.execute((status) -> {
			this.session.guard();
			return this.runLog.found(scope.runId(), found);
		}));
	}

	/** Cuts pieces off the beginning of a slice. */
	List<Cut> cut(RetentionStep step, Slice slice, int rows, int most) {
		return Objects.requireNonNull(this.batch.execute((status) -> {
			this.session.guard();
			return step.cut(slice, rows, most);
		}));
	}

	/**
	 * Removes a slice and counts it.
	 * @param waiting what to do about rows that others hold
	 * @param reasons whether there is time to count by reason
	 * @throws LeaseLostException if the run is no longer this instance's; nothing is
	 * removed then
	 * @throws LimitExceededException if the run may not remove as many rows; nothing is
	 * removed then
	 */
	public Removed remove(RunScope scope, RetentionStep step, Slice slice, Waiting waiting, boolean reasons) {
		return this.counted.execute(waiting.isHurried(), () -> {
			BatchResult result = step.remove(slice, waiting.isSkipping(), reasons);
			long held = waiting.isSkipping() ? step.countDue(slice) : 0;
			boolean stop = this.runLog.count(scope, step.table(), result.removed(), result.keptReferenced(),
					(waiting == Waiting.LEAVING) ? held : 0);
			return new Removed(result, held, stop);
		});
	}

	/** Goes through a batch but for its removal, for a run that does not exist. */
	public void rehearse(RunScope scope, RetentionStep step, Slice slice) {
		cut(step, slice, 1, 1);
		try {
			this.batch.executeWithoutResult((status) -> {
				this.session.begin(false);
				step.countDue(slice);
				this.runLog.count(scope, step.table(), 0, 0, 0);
			});
		}
		catch (LeaseLostException ex) {
			// As it is for a run that nobody has opened.
		}
	}

	/** Counts a row that is due but protected, without removing anything. */
	public boolean countKept(RunScope scope, RetentionStep step) {
		return this.counted.execute(false, () -> this.runLog.count(scope, step.table(), 0, 1, 0));
	}

	/**
	 * Counts the due rows of a slice as left to the next run, because others hold them.
	 * @return how many
	 */
	public long leave(RunScope scope, RetentionStep step, Slice slice) {
		return this.counted.execute(false, () -> {
			long left = step.countDue(slice);
			this.runLog.count(scope, step.table(), 0, 0, left);
			return left;
		});
	}

	/**
	 * A committed batch.
	 *
	 * @param result what it did
	 * @param held due rows that somebody else holds
	 * @param stop whether the run has been asked to end
	 */
	public record Removed(BatchResult result, long held, boolean stop) {

	}

}
