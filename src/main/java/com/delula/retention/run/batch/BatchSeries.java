package com.delula.retention.run.batch;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import com.delula.retention.database.SqlFault;
import com.delula.retention.database.SqlLiteral;
import com.delula.retention.run.BatchResult;
import com.delula.retention.run.RowCounts;
import com.delula.retention.run.RunProperties;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.SeriesSql;
import com.delula.retention.run.Slice;
import com.delula.retention.run.StopSignal;
import com.delula.retention.run.history.RunLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Has the server carry out a series of small batches in one call, each a transaction of
 * its own that counts what it removes, with the pauses between them. A batch of 200 rows
 * takes the server 2 ms; sent one by one, the calls and this process's own work took as
 * long again, and its compiler a processor that live statements wanted.
 * <p>
 * What a series did is read from what it wrote down, whether its answer arrives or not.
 */
public final class BatchSeries {

	private static final Logger log = LoggerFactory.getLogger(BatchSeries.class);

	/** Batches need not wait for the log: {@link #settle} does, once for a series. */
	private static final String UNFLUSHED = ", set_config('synchronous_commit', 'off', true)"
			+ ", set_config('plan_cache_mode', 'force_generic_plan', true)";

	/** Whether transactions begin as batches need it, and blocks may be sent. */
	private static final String USABLE = """
			SELECT current_setting('default_transaction_isolation') = 'read committed'
				AND current_setting('default_transaction_read_only') = 'off'
				AND has_language_privilege('plpgsql', 'USAGE')
			""";

	/**
	 * Has what is still under way undone, and flushes what was committed before, because
	 * it is a commit that waits for the log.
	 */
	private static final String END = """
			UPDATE retention_run SET series = series + 1 WHERE id = :run RETURNING series, cancel_requested
			""";

	/** Told by the server about once a second, this session's own included. */
	static final String TRANSACTIONS = """
			SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()
			""";

	private static final String FORGET = "DELETE FROM retention_batch WHERE run_id = :run AND seq < :first";

	private static final String DONE = """
			SELECT seq, removed, kept, groups, group_rows, reasons, micros
			FROM retention_batch
			WHERE run_id = :run AND seq >= :first
			ORDER BY seq
			""";

	private final JdbcTemplate template;

	private final JdbcClient jdbc;

	private final BatchSession session;

	private final RunLog runLog;

	private final RunProperties properties;

	private final TransactionTemplate transaction;

	BatchSeries(JdbcTemplate jdbc, BatchSession session, RunLog runLog, RunProperties properties,
			TransactionTemplate transaction) {
		this.template = jdbc;
		this.jdbc = JdbcClient.create(jdbc);
		this.session = session;
		this.runLog = runLog;
		this.properties = properties;
		this.transaction = transaction;
	}

	/** Whether the role's defaults allow it. */
	public boolean isUsable() {
		return Boolean.TRUE.equals(this.jdbc.sql(USABLE).query(Boolean.class).single());
	}

	/**
	 * Removes slices in their order, as many as the time allows.
	 * @param progress how far the run's series have come
	 * @param pause how long to pause after a batch, as a multiple of its time
	 * @param budget after this no further batch begins
	 * @return what was done, slice by slice: fewer than asked for where time ran out, the
	 * run was asked to end, or a batch failed
	 */
	public List<Done> remove(RunScope scope, String table, SeriesSql step, List<Slice> slices, Progress progress,
			double pause, Duration budget) {
		String text = new SeriesText(step, this.session.settings() + UNFLUSHED,
				this.runLog.countSql(scope, table, "slice_removed", "slice_kept"),
				SqlLiteral.of(scope.runId().toString()))
			.of(slices, progress.series, progress.batches, pause, budget);
		try {
			send(text, budget);
		}
		catch (RuntimeException ex) {
			// The failed batch is retried on its own, which shows why it failed.
			log.debug("A series of batches ended early: {}", SqlFault.reason(ex));
		}
		List<Done> done = settle(scope, progress);
		progress.batches += done.size();
		return done;
	}

	private void send(String text, Duration budget) {
		Duration patience = this.properties.batch().statementTimeout().plus(budget);
		this.session.waitFor(patience);
		this.template.execute((Statement statement) -> {
			statement.setQueryTimeout((int) patience.toSeconds());
			return statement.execute(text);
		});
	}

	/** Tried again until it is answered: to do it twice does no harm. */
	private List<Done> settle(RunScope scope, Progress progress) {
		Backoff backoff = new Backoff(this.properties.retryFor());
		StopSignal never = new StopSignal();
		while (true) {
			try {
				List<Done> done = this.transaction.execute((status) -> {
					this.session.guard();
					return read(scope, progress);
				});
				return (done != null) ? done : List.of();
			}
			catch (RuntimeException ex) {
				if (SqlFault.of(ex) == SqlFault.OTHER || !backoff.pause(never)) {
					throw ex;
				}
			}
		}
	}

	private List<Done> read(RunScope scope, Progress progress) {
		this.jdbc.sql(FORGET).param("run", scope.runId()).param("first", progress.batches).update();
		this.jdbc.sql(END).param("run", scope.runId()).query((row) -> {
			progress.series = row.getLong(1);
			progress.cancelled = row.getBoolean(2);
		});
		progress.transactions = this.jdbc.sql(TRANSACTIONS).query(Long.class).single();
		return this.jdbc.sql(DONE)
			.param("run", scope.runId())
			.param("first", progress.batches)
			.query(BatchSeries::done)
			.list();
	}

	private static Done done(ResultSet row, int index) throws SQLException {
		RowCounts counts = new RowCounts();
		counts.addArrays(row.getArray("groups"), row.getArray("group_rows"), row.getArray("reasons"));
		return new Done(counts.result(row.getLong("removed"), row.getLong("kept")),
				Duration.ofNanos(row.getLong("micros") * 1_000));
	}

	/**
	 * A batch that was committed.
	 *
	 * @param result what it did
	 * @param took how long the server took for it
	 */
	public record Done(BatchResult result, Duration took) {

	}

	/** How far the series of a run have come. Used by the worker whose turn it is. */
	public static final class Progress {

		private long series;

		private long batches;

		private long transactions;

		private boolean cancelled;

		/** Whether the run has been asked to end. */
		public boolean isCancelled() {
			return this.cancelled;
		}

		/** How many transactions the database has seen so far, of whomever. */
		public long transactions() {
			return this.transactions;
		}

	}

}
