package com.delula.retention.model;

import java.time.Instant;
import java.util.List;

import com.delula.retention.model.Happening.Trouble;
import com.delula.retention.support.TestDatabase;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Has something go wrong with a certain statement on the generations. Its counter is a
 * sequence: what is undone counts too.
 */
final class Disturbance {

	/** Ids of rows that come in the middle of a run. */
	static final long FIRST_LATE = 1_000_000;

	private static final List<String> TABLES = List.of("CREATE SEQUENCE disturbed",
			"CREATE TABLE disturbance (trouble text, at bigint, base timestamp)", "CREATE TABLE late (id integer)", """
					CREATE FUNCTION disturb() RETURNS trigger LANGUAGE plpgsql AS $$
					DECLARE
						d disturbance;
					BEGIN
						SELECT * INTO d FROM disturbance;
						IF NOT FOUND OR nextval('disturbed') <> d.at THEN
							RETURN NULL;
						END IF;
						CASE d.trouble
							WHEN 'KILL' THEN
								PERFORM pg_terminate_backend(pg_backend_pid());
							WHEN 'FAIL' THEN
								RAISE EXCEPTION 'disturbed' USING ERRCODE = 'XX000';
							WHEN 'CANCEL' THEN
								UPDATE retention_run SET cancel_requested = true WHERE status = 'running';
							WHEN 'MORE' THEN
								WITH more AS (
									INSERT INTO generations (id, user_id, prompt, status, created_at, updated_at)
									SELECT 1000000 + nextval('disturbed'), 'system_backlog', 'x', 'failed',
										d.base - interval '400 hours', d.base - interval '400 hours'
									FROM generate_series(1, 5)
									RETURNING id)
								INSERT INTO late SELECT id FROM more;
							ELSE NULL;
						END CASE;
						RETURN NULL;
					END $$
					""", """
					CREATE TRIGGER disturb AFTER INSERT OR DELETE ON generations
					FOR EACH STATEMENT EXECUTE FUNCTION disturb()
					""");

	private final JdbcClient jdbc;

	Disturbance(TestDatabase database) {
		this.jdbc = database.jdbc();
		TABLES.forEach((sql) -> this.jdbc.sql(sql).update());
		this.jdbc.sql("SELECT nextval('disturbed')").query(Long.class).single();
	}

	void begin(Trouble trouble, int at, Instant base) {
		this.jdbc.sql("DELETE FROM late").update();
		if (trouble != Trouble.NONE) {
			this.jdbc.sql(
					"INSERT INTO disturbance SELECT :trouble, last_value + :at, CAST(:base AS timestamp) FROM disturbed")
				.param("trouble", trouble.name())
				.param("at", at)
				.param("base", base.toString())
				.update();
		}
	}

	/**
	 * Ends it.
	 * @return whether it came to that
	 */
	boolean end() {
		boolean came = this.jdbc.sql("SELECT coalesce((SELECT at <= last_value FROM disturbance, disturbed), false)")
			.query(Boolean.class)
			.single();
		this.jdbc.sql("DELETE FROM disturbance").update();
		return came;
	}

	/** The rows that came in the middle of the last run. */
	List<Long> late() {
		return this.jdbc.sql("SELECT id FROM late").query(Long.class).list();
	}

}
