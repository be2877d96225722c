package com.delula.retention.run.history;

import java.sql.Types;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a run found before its first row went. At full speed it may be written later, when
 * batches have been counted already.
 *
 * @param due rows that are due; null if they were not counted
 * @param kept due rows that others refer to, of a dry run; else 0
 * @param limit the most rows that the run may remove; null without a limit
 * @param byTable rows that a run would remove by table, of a dry run; else empty
 */
public record Found(@Nullable Long due, long kept, @Nullable Long limit, Map<String, Long> byTable) {

	private static final String WRITE = """
			UPDATE retention_run
			SET rows_due = :due, row_limit = :limit,
				rows_kept_referenced = CASE WHEN dry_run THEN :kept ELSE rows_kept_referenced END,
				removed_by_table = CASE WHEN dry_run THEN CAST(:byTable AS jsonb) ELSE removed_by_table END
			WHERE id = :id AND status = 'running'
			RETURNING cancel_requested
			""";

	public Found {
		byTable = Map.copyOf(byTable);
	}

	/**
	 * Writes it down with the run.
	 * @return whether the run has been asked to end; empty if it is not open
	 */
	Optional<Boolean> write(JdbcClient jdbc, UUID run) {
		return jdbc.sql(WRITE)
			.param("id", run)
			.param("due", this.due, Types.BIGINT)
			.param("kept", this.kept)
			.param("limit", this.limit, Types.BIGINT)
			.param("byTable", JsonMapper.shared().writeValueAsString(this.byTable))
			.query(Boolean.class)
			.optional();
	}

}
