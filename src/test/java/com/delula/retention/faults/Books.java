package com.delula.retention.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

import com.delula.retention.support.TestDatabase;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A table full of due failures, and the invariant that must hold whatever happens: the
 * counts, the rows that are gone and, once runs are closed, the ledger agree.
 */
final class Books {

	private static final String FILL = """
			INSERT INTO generations (user_id, recipe_id, prompt, status, created_at, updated_at)
			SELECT 'system_backlog', 1 + n % 5, 'p', 'failed', t, t
			FROM (SELECT n, now() AT TIME ZONE 'UTC' - interval '30 hours' - n * interval '1 second' AS t
				FROM generate_series(1, :rows) n) x
			""";

	/** In one statement, so in one snapshot: also while batches go on. */
	private static final String DIFFERENCE = """
			SELECT :filled - (SELECT count(*) FROM generations)
				- (SELECT coalesce(sum(rows_removed), 0) FROM retention_run WHERE task = 'backlog-cleanup')
			""";

	private static final String UNBOOKED = """
			SELECT (SELECT coalesce(sum(rows_removed), 0) FROM retention_run WHERE status <> 'running' AND NOT dry_run)
				- (SELECT coalesce(sum(amount), 0) FROM credit_transactions)
			""";

	private static final String BOOKED_WRONGLY = """
			SELECT count(*)
			FROM retention_run r
			WHERE r.status <> 'running' AND NOT r.dry_run AND 1 <> (SELECT count(*) FROM credit_transactions c
				WHERE c.metadata ->> 'runId' = r.id::text AND c.amount = r.rows_removed
					AND c.metadata ->> 'status' = r.status)
			""";

	private final JdbcClient jdbc;

	private long filled;

	Books(TestDatabase database) {
		this.jdbc = database.jdbc();
	}

	void fill(int rows) {
		this.filled += this.jdbc.sql(FILL).param("rows", rows).update();
	}

	/** The counts equal the rows that are gone, at this instant. */
	void assertCounted() {
		assertThat(this.jdbc.sql(DIFFERENCE).param("filled", this.filled).query(Long.class).single()).isZero();
	}

	/** Besides, every closed run is booked exactly once, with its count. */
	void assertBooked() {
		assertCounted();
		assertThat(this.jdbc.sql(BOOKED_WRONGLY).query(Long.class).single()).isZero();
		assertThat(this.jdbc.sql(UNBOOKED).query(Long.class).single()).isZero();
	}

	long remaining() {
		return this.jdbc.sql("SELECT count(*) FROM generations").query(Long.class).single();
	}

	/** The run that was started last. */
	UUID last() {
		return this.jdbc.sql("SELECT id FROM retention_run ORDER BY started_at DESC LIMIT 1")
			.query(UUID.class)
			.single();
	}

	long removed(UUID run) {
		return this.jdbc.sql("SELECT rows_removed FROM retention_run WHERE id = :id")
			.param("id", run)
			.query(Long.class)
			.single();
	}

	String status(UUID run) {
		return this.jdbc.sql("SELECT status FROM retention_run WHERE id = :id")
			.param("id", run)
			.query(String.class)
			.single();
	}

}
