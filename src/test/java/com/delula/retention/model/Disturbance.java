package com.delula.retention.model;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

import com.delula.retention.model.Happening.Trouble;
import com.delula.retention.support.TestDatabase;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Has something go wrong with a certain statement on the tables of a rule. Its counter is
 * a sequence: what is undone counts too.
 */
final class Disturbance {

	private static final String MORE_GENERATIONS = """
			INSERT INTO generations (id, user_id, prompt, status, created_at, updated_at)
			SELECT 1000000 + nextval('disturbed'), 'system_backlog', 'x', 'failed',
				d.base - interval '30 hours', d.base - interval '30 hours'
			FROM generate_series(1, 5)
			RETURNING CAST(id AS text) AS id
			""";

	/** Also an upscale job at work, whose job was free to go. */
	private static final String MORE_JOBS = """
			INSERT INTO jobs (id, status, created_at, discord_user_id, discord_guild_id, discord_channel_id, model,
				positive_prompt)
			SELECT 'late-' || nextval('disturbed'), 'completed', d.base AT TIME ZONE 'UTC' - interval '50 hours', 'x', 'x',
				'x', 'x', 'x'
			FROM generate_series(1, 3)
			RETURNING id
			""";

	private static final String MORE_UPSCALE_JOBS = """
			INSERT INTO upscale_jobs (id, source_job_id, status, created_at, source_image_filename, user_id, guild_id,
				channel_id)
			SELECT 'late-upscale-' || nextval('disturbed'), j.id, 'processing',
				d.base AT TIME ZONE 'UTC' - interval '50 hours', 'x', 'x', 'x', 'x'
			FROM (SELECT id FROM jobs WHERE status IN ('completed', 'failed') ORDER BY created_at LIMIT 1) j
			RETURNING id
			""";

	private static final String FUNCTION = """
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
						%s;
					ELSE NULL;
				END CASE;
				RETURN NULL;
			END $$
			""";

	private final JdbcClient jdbc;

	private Disturbance(TestDatabase database, List<String> tables, List<String> more) {
		this.jdbc = database.jdbc();
		String inserts = more.stream()
			.map((sql) -> "WITH more AS (" + sql + ") INSERT INTO late SELECT more.id FROM more")
			.collect(Collectors.joining("; "));
		for (String sql : List.of("CREATE SEQUENCE disturbed",
				"CREATE TABLE disturbance (trouble text, at bigint, base timestamp)", "CREATE TABLE late (id text)",
				FUNCTION.formatted(inserts))) {
			this.jdbc.sql(sql).update();
		}
		tables.forEach(
				(table) -> this.jdbc
					.sql("CREATE TRIGGER disturb AFTER INSERT OR DELETE ON " + table
							+ " FOR EACH STATEMENT EXECUTE FUNCTION disturb()")
					.update());
		this.jdbc.sql("SELECT nextval('disturbed')").query(Long.class).single();
	}

	static Disturbance ofGenerations(TestDatabase database) {
		return new Disturbance(database, List.of("generations"), List.of(MORE_GENERATIONS));
	}

	static Disturbance ofJobs(TestDatabase database) {
		return new Disturbance(database, List.of("upscale_jobs", "jobs"), List.of(MORE_JOBS, MORE_UPSCALE_JOBS));
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
	List<String> late() {
		return this.jdbc.sql("SELECT id FROM late").query(String.class).list();
	}

}
