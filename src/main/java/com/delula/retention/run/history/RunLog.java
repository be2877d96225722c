package com.delula.retention.run.history;

import java.sql.Types;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

import com.delula.retention.run.Ledger;
import com.delula.retention.run.RetentionTask;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunProperties;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.RunScope;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes the run history. Every method runs inside a transaction of its caller's.
 */
public class RunLog {

	/**
	 * Counts a batch, and is the fence: it changes a row only while the run is open and
	 * its lock is this instance's by the database's clock. The row lock that it takes
	 * holds back whoever wants to close the run until the batch is committed or undone.
	 */
	private static final String COUNT = """
			UPDATE retention_run
			SET rows_removed = rows_removed + :removed,
				rows_kept_referenced = rows_kept_referenced + :kept,
				rows_left_locked = rows_left_locked + :locked,
				removed_by_table = removed_by_table || jsonb_build_object(CAST(:table AS text),
					coalesce((removed_by_table ->> CAST(:table AS text))::bigint, 0) + :removed)
			WHERE id = :id AND status = 'running'
				AND EXISTS (SELECT FROM retention_lock
					WHERE name = :task AND locked_by = :owner AND lock_until > clock_timestamp() AT TIME ZONE 'UTC')
			RETURNING cancel_requested
			""";

	private static final String DUE = """
			UPDATE retention_run
			SET rows_due = :due, rows_kept_referenced = :kept
			WHERE id = :id AND status = 'running'
			RETURNING cancel_requested
			""";

	private static final String CLOSE = """
			UPDATE retention_run
			SET status = :status, error = :error, note = :note, finished_at = clock_timestamp(),
				paused = false, waiting_for = NULL
			WHERE id = :id AND status = 'running'
			""";

	private static final String CANCEL = """
			UPDATE retention_run
			SET cancel_requested = true
			WHERE id = :id AND status = 'running'
			""";

	private static final String CANCEL_REQUESTED = "SELECT cancel_requested FROM retention_run WHERE id = :id";

	private static final String FORGET = """
			DELETE FROM retention_run r
			WHERE r.finished_at < clock_timestamp() - make_interval(secs => :maxAge)
				AND r.id NOT IN (SELECT n.id
					FROM (SELECT id, row_number() OVER (PARTITION BY task ORDER BY started_at DESC, id DESC) AS age
						FROM retention_run) n
					WHERE n.age <= :keepPerTask)
			""";

	private final RunRows runs;

	private final JdbcClient jdbc;

	private final Ledger ledger;

	private final FiringLog firings;

	private final RunProperties properties;

	private final String owner;

	RunLog(RunRows runs, JdbcClient jdbc, Ledger ledger, RunProperties properties, String owner) {
		this.runs = runs;
		this.jdbc = jdbc;
		this.ledger = ledger;
		this.firings = new FiringLog(jdbc, owner);
		this.properties = properties;
		this.owner = owner;
	}

	/** Opens a run; its times come from the database's clock, here and only here. */
	public RunScope open(RunRequest request, RetentionTask task) {
		RunScope scope = scope(request, task);
		this.runs.insert(scope, this.properties.dutyCycle(request.mode()), this.owner);
		return scope;
	}

	/** What is fixed for a run that starts now. */
	public RunScope scope(RunRequest request, RetentionTask task) {
		Instant now = this.runs.now().truncatedTo(ChronoUnit.MICROS);
		Instant cutoff = now.minus(task.age(request));
		String before = (task.age(request).isZero()) ? "infinity" : cutoff.toString();
		return new RunScope(UUID.randomUUID(), request, now, cutoff, before, task.policies());
	}

	/** Claims a schedule's firing. Called with the task's lock held. */
	public boolean claim(String task, Firing firing) {
		return this.firings.claim(task, firing);
	}

	/**
	 * Writes down how much there is to do.
	 * @return whether the run has been asked to end
	 */
	public boolean due(UUID run, @Nullable Long due, long kept) {
		return this.jdbc.sql(DUE)
			.param("id", run)
			.param("due", due, Types.BIGINT)
			.param("kept", kept)
			.query(Boolean.class)
			.optional()
			.orElseThrow(LeaseLostException::new);
	}

	/**
	 * Counts a batch in the transaction that removed its rows.
	 * @return whether the run has been asked to end
	 * @throws LeaseLostException if the run is no longer this instance's to carry out
	 */
	public boolean count(RunScope scope, String table, long removed, long kept, long locked) {
		return this.jdbc.sql(COUNT)
			.param("id", scope.runId())
			.param("task", scope.request().task())
			.param("owner", this.owner)
			.param("table", table)
			.param("removed", removed)
			.param("kept", kept)
			.param("locked", locked)
			.query(Boolean.class)
			.optional()
			.orElseThrow(LeaseLostException::new);
	}

	/**
	 * Closes a run and books it, exactly once whoever tries.
	 * @return the run as closed by this call; empty if it was closed before
	 */
	public Optional<Run> close(UUID id, String ledgerType, Ending ending) {
		int closed = this.jdbc.sql(CLOSE)
			.param("id", id)
			.param("status", ending.status().label())
			.param("error", ending.error())
			.param("note", ending.note())
			.update();
		if (closed == 0) {
			return Optional.empty();
		}
		Run run = find(id).orElseThrow();
		if (!run.dryRun()) {
			this.ledger.book(run, ledgerType);
		}
		return Optional.of(run);
	}

	/** Asks a run to end; its instance sees that with its next batch. */
	public boolean cancel(UUID id) {
		return this.jdbc.sql(CANCEL).param("id", id).update() == 1;
	}

	public boolean isCancelRequested(UUID id) {
		return this.jdbc.sql(CANCEL_REQUESTED).param("id", id).query(Boolean.class).single();
	}

	public Optional<Run> find(UUID id) {
		return this.runs.find(id);
	}

	/** Forgets old runs. */
	public int forget(RunProperties.History history) {
		return this.jdbc.sql(FORGET)
			.param("maxAge", history.maxAge().toSeconds())
			.param("keepPerTask", history.keepPerTask())
			.update();
	}

}
