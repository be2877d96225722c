package com.delula.retention.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import com.delula.retention.support.TestDatabase;

/**
 * A filled database that measurements copy.
 *
 * @param name the database
 * @param sizes the variables of {@code fill.sql}
 * @param more what is filled in besides
 */
record Dataset(String name, Map<String, Integer> sizes, List<String> more) {

	/** The contract's. */
	static final Dataset CONTRACT = new Dataset("contract", sizes(400_000, 200_000), List.of());

	/**
	 * The same rows to remove and ten times the others, which for generations lie between
	 * them. Five million rows are the backlog account's.
	 */
	static final Dataset TENFOLD = new Dataset("tenfold", sizes(1_600_000, 4_400_000), List.of("""
			INSERT INTO jobs (id, discord_user_id, discord_guild_id, discord_channel_id, status, model,
				positive_prompt, created_at)
			SELECT gen_random_uuid(), n % 5000, '1', '1', 'queued', 'sdxl', repeat('a prompt of words ', 8), t
			FROM (SELECT n, now() - random() * interval '20 days' AS t FROM generate_series(1, 2100000) AS n) x
			ORDER BY t""", """
			INSERT INTO upscale_jobs (id, source_job_id, source_image_filename, user_id, guild_id, channel_id, status,
				created_at)
			SELECT gen_random_uuid(), id, 'f.png', '1', '1', '1', 'queued', created_at
			FROM jobs
			WHERE status = 'queued' AND started_at IS NULL
			ORDER BY created_at
			LIMIT 1000000"""));

	/** Ten times the rows to remove. */
	static final Dataset LARGE = new Dataset("large_contract", Map.of("others", 400_000, "done", 200_000, "failed",
			6_000_000, "recipes", 1_000, "jobs", 6_000_000, "upscales", 3_000_000), List.of());

	/** They are built in the background; the last of them comes last. */
	private static final String INDEXES_VALID = """
			SELECT count(*) = 5 FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
			WHERE i.indisvalid AND c.relname ~ '^retention_(generations|jobs|upscale_jobs)_'
			""";

	private static final String FILLING = "filling";

	private static final String MIGRATING = "migrating";

	private static Map<String, Integer> sizes(int others, int done) {
		return Map.of("others", others, "done", done, "failed", 600_000, "recipes", 1_000, "jobs", 600_000, "upscales",
				300_000);
	}

	/** The same before the service came: with the platform's indexes only. */
	String asFound() {
		return this.name + "_as_found";
	}

	/** Fills it as found and lets the service migrate a copy, unless both are there. */
	void create(BenchmarkServer server) throws Exception {
		if (!server.has(asFound())) {
			fill(server);
			server.execute("postgres", "ALTER DATABASE " + FILLING + " RENAME TO " + asFound());
		}
		if (!server.has(this.name)) {
			migrate(server);
			server.execute("postgres", "ALTER DATABASE " + MIGRATING + " RENAME TO " + this.name);
		}
	}

	/** Indexes last, which is several times faster. */
	private void fill(BenchmarkServer server) throws Exception {
		server.drop(FILLING);
		server.execute("postgres", "CREATE DATABASE " + FILLING);
		server.execute(FILLING, statements("platform.sql").filter((sql) -> !isIndex(sql)).toArray(String[]::new));
		server.execute(FILLING, statements("fill.sql").map(this::sized).toArray(String[]::new));
		server.execute(FILLING, this.more.toArray(String[]::new));
		server.execute(FILLING, statements("platform.sql").filter(Dataset::isIndex).toArray(String[]::new));
		server.execute(FILLING, "VACUUM ANALYZE");
	}

	private void migrate(BenchmarkServer server) throws Exception {
		server.copy(asFound(), MIGRATING);
		migrate(server, MIGRATING, System.getProperty("benchmark.jar"));
	}

	/**
	 * Has a jar migrate a database and build its indexes. The dry runs leave the rows of
	 * the locks, which a running service counts on.
	 */
	static void migrate(BenchmarkServer server, String database, String jar) throws Exception {
		try (ServiceProcess service = ServiceProcess.start(jar, server, database, Map.of())) {
			while (!server.query(database, INDEXES_VALID).equals("t")) {
				Thread.sleep(100);
			}
			service.post("/api/admin/backlog-cleanup/run?dryRun=true");
			service.post("/api/admin/purge?dryRun=true");
			server.awaitIdle(database);
		}
		server.execute(database, "VACUUM ANALYZE");
	}

	private static boolean isIndex(String sql) {
		return sql.strip().toLowerCase(Locale.ROOT).startsWith("create index");
	}

	/** A script's statements, one by one as psql would send them. */
	private static Stream<String> statements(String script) {
		return Arrays.stream(TestDatabase.resource(script).replaceAll("(?m)^--.*$", "").split(";\\s*\n"))
			.filter((sql) -> !sql.isBlank());
	}

	/** Puts the variables in place. */
	private String sized(String sql) {
		String text = sql;
		for (Map.Entry<String, Integer> size : this.sizes.entrySet()) {
			text = text.replaceAll("(?<!:):" + size.getKey() + "\\b", size.getValue().toString());
		}
		return text;
	}

}
