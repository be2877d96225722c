package com.delula.retention.run.history;

import java.sql.Types;
import java.util.Optional;
import java.util.UUID;

import com.delula.retention.run.Ledger;
import com.delula.retention.run.Run;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Closes runs and books them, inside a transaction of the caller's. */
final class RunEnds {

	/**
	 * Where the instance has seen more rows go than the database counts, the database has
	 * gone back: after a failover to a replica that was behind, those rows are there
	 * again and the walk has passed them.
	 */
	private static final String CLOSE = """
			UPDATE retention_run
			SET status = :status, error = :error, finished_at = clock_timestamp(), paused = false, waiting_for = NULL,
				note = CASE WHEN :counted > abs(rows_removed)
					THEN concat_ws('; ', :note, CASE mode
						WHEN 'restore' THEN 'rows that went again in a failover and are still kept: '
						ELSE 'rows that came back in a failover and are left to the next run: '
						END || :counted - abs(rows_removed))
					ELSE :note END,
				removed_by_group = CASE WHEN :counted > abs(rows_removed) THEN NULL ELSE CAST(:groups AS jsonb) END,
				removed_by_reason = CASE WHEN :counted > abs(rows_removed) THEN NULL ELSE CAST(:reasons AS jsonb) END,
				waited_millis = waited_millis
					+ coalesce(CAST(1000 * extract(epoch FROM clock_timestamp() - waiting_since) AS bigint), 0),
				waiting_since = NULL
			WHERE id = :id AND status = 'running'
			""";

	private final RunRows runs;

	private final JdbcClient jdbc;

	private final Ledger ledger;

	private final RunActions actions;

	private final Approvals approvals;

	RunEnds(RunRows runs, JdbcClient jdbc, Ledger ledger, RunActions actions, Approvals approvals) {
		this.runs = runs;
		this.jdbc = jdbc;
		this.ledger = ledger;
		this.actions = actions;
		this.approvals = approvals;
	}

	/**
	 * Closes a run and books it, exactly once, however many try.
	 * @return the run as closed by this call; empty if it was closed before
	 */
	Optional<Run> close(UUID id, String ledgerType, Ending ending) {
		int closed = this.jdbc.sql(CLOSE)
			.param("id", id)
			.param("status", ending.status().label())
			.param("error", ending.error(), Types.VARCHAR)
			.param("note", ending.note(), Types.VARCHAR)
			.param("counted", ending.counted(), Types.BIGINT)
			.param("groups", GroupPairs.json(ending.removedByGroup()))
			.param("reasons", GroupPairs.json(ending.removedByReason()))
			.update();
		if (closed == 0) {
			return Optional.empty();
		}
		this.jdbc.sql("DELETE FROM retention_batch WHERE run_id = :id").param("id", id).update();
		Run run = this.runs.find(id).orElseThrow();
		if (!run.dryRun()) {
			this.ledger.book(run, ledgerType);
		}
		this.approvals.closed(run);
		if (run.rowsRestored() > 0) {
			this.actions.restored(run);
		}
		return Optional.of(run);
	}

}
