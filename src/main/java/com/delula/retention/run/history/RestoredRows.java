package com.delula.retention.run.history;

/** How many rows of a run were put back since, for statements about the history. */
public final class RestoredRows {

	/** A subquery of {@code run}, the run's id, and {@code rows}, which were put back. */
	public static final String BY_RUN = """
			(SELECT CAST(o.options ->> 'restoreOf' AS uuid) AS run, -sum(o.rows_removed) AS rows
				FROM retention_run o
				WHERE o.mode = 'restore' AND NOT o.dry_run
				GROUP BY 1)""";

	private RestoredRows() {
	}

}
