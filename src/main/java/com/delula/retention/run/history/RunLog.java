package com.delula.retention.run.history;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.delula.retention.database.SqlLiteral;
import com.delula.retention.run.Caller;
import com.delula.retention.run.Ledger;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RetentionTask;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunAction;
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
				removed_by_table = CASE WHEN :removed = 0 THEN removed_by_table
					ELSE removed_by_table || jsonb_build_object(CAST(:table AS text),
						coalesce((removed_by_table ->> CAST(:table AS text))::bigint, 0) + :removed) END
			WHERE id = :id AND status = 'running'
				AND EXISTS (SELECT FROM retention_lock
					WHERE name = :task AND locked_by = :owner AND lock_until > clock_timestamp() AT TIME ZONE 'UTC')
			RETURNING cancel_requested, abs(rows_removed) > row_limit AS exceeded
			""";

	private static final String CANCEL = """
			UPDATE retention_run
			SET cancel_requested = true
			WHERE id = :id AND status = 'running'
			""";

	private static final String CANCEL_REQUESTED = "SELECT cancel_requested FROM retention_run WHERE id = :id";

	private final RunRows runs;

	private final JdbcClient jdbc;

	private final RunEnds ends;

	private final FiringLog firings;

	private final OldRuns oldRuns;

	private final RunActions actions;

	private final Approvals approvals;

	private final RunProperties properties;

	private final String owner;

	RunLog(RunRows runs, JdbcClient jdbc, Ledger ledger, RunActions actions, Approvals approvals,
			RunProperties properties, String owner) {
		this.runs = runs;
		this.jdbc = jdbc;
		this.ends = new RunEnds(runs, jdbc, ledger, actions, approvals);
		this.firings = new FiringLog(jdbc, owner);
		this.oldRuns = new OldRuns(jdbc);
		this.actions = actions;
		this.approvals = approvals;
		this.properties = properties;
		this.owner = owner;
	}

	/** Opens a run; its times come from the database's clock, here and only here. */
	public RunScope open(RunRequest request, RetentionTask task) {
		RunScope scope = scope(request, task);
		this.runs.insert(scope, actions(scope), this.properties.dutyCycle(request.mode()), this.owner);
		return scope;
	}

	/**
	 * What is known of a run when it is opened: who started it, and whether that approves
	 * it.
	 */
	private List<RunAction> actions(RunScope scope) {
		RunRequest request = scope.request();
		RunAction started = action(scope, RunAction.STARTED, Map.of());
		return Optional.of(request)
			.filter(this.approvals::approves)
			.flatMap((approving) -> this.approvals.refusedRun(approving.task()))
			.map((refused) -> List.of(started,
					action(scope, RunAction.APPROVED,
							Map.of("refusedRun", refused.toString(), "expectedRows",
									String.valueOf(request.expectedRows())))))
			.orElse(List.of(started));
	}

	private static RunAction action(RunScope scope, String action, Map<String, String> details) {
		RunRequest request = scope.request();
		return new RunAction(action, request.actor(), request.trigger().label(), scope.startedAt(), details);
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
	 * Writes down what was found before the first row goes.
	 * @return whether the run has been asked to end
	 * @throws LeaseLostException if the run has been closed
	 */
	public boolean found(UUID run, Found found) {
		return found.write(this.jdbc, run).orElseThrow(LeaseLostException::new);
	}

	/**
	 * Counts a batch in the transaction that removed its rows; rows put back count below
	 * zero.
	 * @return whether the run has been asked to end
	 * @throws LeaseLostException if the run is no longer this instance's to carry out
	 * @throws LimitExceededException if the run may not remove as many rows
	 */
	public boolean count(RunScope scope, String table, long removed, long kept, long locked) {
		Counted counted = this.jdbc.sql(COUNT)
			.param("id", scope.runId())
			.param("task", scope.request().task())
			.param("owner", this.owner)
			.param("table", table)
			.param("removed", (scope.request().mode() == Mode.RESTORE) ? -removed : removed)
			.param("kept", kept)
			.param("locked", locked)
			.query(Counted.class)
			.optional()
			.orElseThrow(LeaseLostException::new);
		if (Boolean.TRUE.equals(counted.exceeded())) {
			throw new LimitExceededException();
		}
		return counted.cancelRequested();
	}

	/**
	 * The statement that counts a batch, without parameters, for a batch that the server
	 * carries out by itself. It changes no row if the run is no longer this instance's.
	 * @param removed SQL of how many rows were removed
	 * @param kept SQL of how many stay because others refer to them
	 */
	public String countSql(RunScope scope, String table, String removed, String kept) {
		return SqlLiteral.inline(COUNT,
				Map.of("id", SqlLiteral.of(scope.runId().toString()), "task", SqlLiteral.of(scope.request().task()),
						"owner", SqlLiteral.of(this.owner), "table", SqlLiteral.of(table), "removed", removed, "kept",
						kept, "locked", "0"));
	}

	/**
	 * Closes a run and books it, exactly once, however many try.
	 * @return the run as closed by this call; empty if it was closed before
	 */
	public Optional<Run> close(UUID id, String ledgerType, Ending ending) {
		return this.ends.close(id, ledgerType, ending);
	}

	/** Asks a run to end; its instance sees that with its next batch. */
	public boolean cancel(UUID id, Caller by) {
		boolean asked = this.jdbc.sql(CANCEL).param("id", id).update() == 1;
		if (asked) {
			this.actions.record(id, RunAction.CANCELLED, by, Map.of());
		}
		return asked;
	}

	/** Whether somebody asked a run to end. */
	public boolean isCancelRequested(UUID id) {
		return this.jdbc.sql(CANCEL_REQUESTED).param("id", id).query(Boolean.class).single();
	}

	/** A run by its id. */
	public Optional<Run> find(UUID id) {
		return this.runs.find(id);
	}

	/** Forgets old runs, but for what reports tell of them. */
	public int forget(RunProperties.History history) {
		return this.oldRuns.forget(history);
	}

	/**
	 * A counted batch.
	 *
	 * @param cancelRequested whether the run has been asked to end
	 * @param exceeded whether it would remove more rows than it may; null without a limit
	 */
	private record Counted(boolean cancelRequested, @Nullable Boolean exceeded) {

	}

}
