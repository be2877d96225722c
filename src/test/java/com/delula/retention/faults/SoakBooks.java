package com.delula.retention.faults;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import com.delula.retention.support.TestDatabase;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the soak puts into the tables, and the promises that are held against what is
 * left. Every look is one statement, so one snapshot, also while runs go on.
 */
final class SoakBooks {

	/**
	 * Rows that no rule may take: of others, unfinished, young, or the newest of their
	 * recipe.
	 */
	private static final String KEPT = """
			INSERT INTO generations (user_id, recipe_id, prompt, status, created_at, updated_at)
			SELECT u, 1 + n % 40, 'kept', s, t - age, t - age
			FROM generate_series(1, 400) n, (SELECT now() AT TIME ZONE 'UTC' AS t) x, (VALUES
				('alice', 'failed', interval '90 days'), ('system_backlog', 'pending', interval '90 days'),
				('system_backlog', 'completed', interval '90 days'),
				('system_backlog', 'failed', interval '25 hours')) y (u, s, age)
			""";

	private static final String KEPT_JOBS = """
			INSERT INTO jobs (id, discord_user_id, discord_guild_id, discord_channel_id, status, model, positive_prompt,
				created_at)
			SELECT 'kept' || n || s, 'u', 'g', 'c', s, 'm', 'kept', now() - age
			FROM generate_series(1, 200) n, (VALUES ('queued', interval '90 days'), ('processing', interval '90 days'),
				('completed', interval '1 hour'), ('archived', interval '90 days')) x (s, age)
			""";

	/** Due rows; the counter changes with them or not at all. */
	private static final String DUE = """
			WITH rows AS (
				INSERT INTO generations (user_id, recipe_id, prompt, status, failure_reason, created_at, updated_at)
				SELECT 'system_backlog', 1 + floor(random() * 40), 'due', 'failed', 'timeout', t, t
				FROM (SELECT now() AT TIME ZONE 'UTC' - interval '30 hours' - random() * interval '90 days' AS t
					FROM generate_series(1, :rows)) x
				RETURNING 1), jobs AS (
				INSERT INTO jobs (id, discord_user_id, discord_guild_id, discord_channel_id, status, model,
					positive_prompt, created_at)
				SELECT gen_random_uuid(), 'u', 'g', 'c', (ARRAY['completed', 'failed'])[1 + n % 2], 'm', 'due',
					now() - interval '49 hours' - random() * interval '90 days'
				FROM generate_series(1, :rows / 4) n
				RETURNING 1)
			UPDATE soak SET generations = generations + (SELECT count(*) FROM rows), jobs = jobs + (SELECT count(*) FROM jobs)
			""";

	/** Each is the number of times that a promise is broken. */
	private static final Map<String, String> PROMISES = new LinkedHashMap<>();

	static {
		PROMISES.put("generations that are gone and not counted", """
				SELECT abs((SELECT generations FROM soak) - (SELECT count(*) FROM generations) - (SELECT
					coalesce(sum(rows_removed), 0) FROM retention_run WHERE task = 'backlog-cleanup' AND NOT dry_run))
				""");
		PROMISES.put("jobs that are gone and not counted", """
				SELECT abs((SELECT jobs FROM soak) - (SELECT count(*) FROM jobs) - (SELECT
					coalesce(sum(rows_removed), 0) FROM retention_run WHERE task = 'job-purge' AND NOT dry_run))
				""");
		PROMISES.put("rows gone that a rule keeps", """
				SELECT (SELECT kept FROM soak) - (SELECT count(*) FROM generations WHERE prompt = 'kept')
					- (SELECT count(*) FROM jobs WHERE positive_prompt = 'kept')
				""");
		PROMISES.put("second runs of a task at a time", """
				SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM retention_run WHERE status = 'running'
					GROUP BY task) x
				""");
		PROMISES.put("runs that overlap another of their task", """
				SELECT count(*) FROM retention_run a JOIN retention_run b ON a.task = b.task AND a.id < b.id
					AND a.finished_at > b.started_at AND b.finished_at > a.started_at
				""");
		PROMISES.put("ended runs without exactly one fitting line in the ledger", """
				SELECT count(*) FROM retention_run r WHERE r.status <> 'running' AND NOT r.dry_run AND 1 <> (
					SELECT count(*) FROM credit_transactions c WHERE c.metadata ->> 'runId' = r.id::text
						AND c.amount = r.rows_removed AND c.metadata ->> 'status' = r.status)
				""");
		PROMISES.put("rows in the ledger that are not gone", """
				SELECT abs((SELECT coalesce(sum(amount), 0) FROM credit_transactions) - (SELECT
					coalesce(sum(rows_removed), 0) FROM retention_run WHERE status <> 'running' AND NOT dry_run))
				""");
		PROMISES.put("firings of a schedule too many", """
				SELECT coalesce(sum(greatest(0, n - minutes - 2)), 0) FROM (SELECT count(*) AS n,
					ceil(extract(epoch FROM clock_timestamp() - (SELECT started FROM soak)) / 60) AS minutes
					FROM retention_run WHERE trigger = 'schedule' GROUP BY task) x
				""");
	}

	private final JdbcClient jdbc;

	private final Map<String, Long> broken = new TreeMap<>();

	private long looks;

	SoakBooks(TestDatabase database) {
		this.jdbc = database.jdbc();
		this.jdbc.sql(KEPT).update();
		this.jdbc.sql(KEPT_JOBS).update();
		this.jdbc.sql("""
				CREATE TABLE soak AS SELECT g AS generations, j AS jobs, g + j AS kept, clock_timestamp() AS started
				FROM (SELECT count(*) AS g FROM generations) x, (SELECT count(*) AS j FROM jobs) y
				""").update();
		PROMISES.keySet().forEach((promise) -> this.broken.put(promise, 0L));
	}

	/** Adds due rows. */
	void fill(int rows) {
		this.jdbc.sql(DUE).param("rows", rows).update();
	}

	/** Looks at every promise. */
	synchronized void look() {
		PROMISES.forEach((promise, sql) -> {
			long times = this.jdbc.sql(sql).query(Long.class).single();
			this.broken.merge(promise, times, Math::max);
		});
		this.looks++;
	}

	/** A promise that somebody else looked at. */
	synchronized void broken(String promise, long times) {
		this.broken.merge(promise, times, Math::max);
	}

	/** How often a promise was broken, at the worst look. */
	synchronized Map<String, Long> broken() {
		return new TreeMap<>(this.broken);
	}

	synchronized long looks() {
		return this.looks;
	}

	long count(String sql) {
		return this.jdbc.sql(sql).query(Long.class).single();
	}

	/** What a run that starts now would still remove. */
	long due() {
		return count("""
				SELECT (SELECT count(*) FROM generations WHERE prompt = 'due' AND id NOT IN (SELECT id FROM (SELECT id,
					row_number() OVER (PARTITION BY recipe_id ORDER BY updated_at DESC, id DESC) AS n FROM generations
					WHERE user_id = 'system_backlog' AND status = 'failed') x WHERE n <= 10))
					+ (SELECT count(*) FROM jobs WHERE positive_prompt = 'due')
				""");
	}

}
