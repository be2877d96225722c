package com.delula.retention.benchmark;

import java.util.Arrays;
import java.util.Map;

import com.delula.retention.support.TestDatabase;

/**
 * A filled database that measurements copy.
 *
 * @param name the database
 * @param sizes the variables of {@code fill.sql}
 */
record Dataset(String name, Map<String, Integer> sizes) {

	/** The contract's. */
	static final Dataset CONTRACT = new Dataset("contract", sizes(400_000, 200_000));

	/**
	 * The same failures and ten times the other generations, five million rows of them
	 * the backlog account's.
	 */
	static final Dataset TENFOLD = new Dataset("tenfold", sizes(1_600_000, 4_400_000));

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
			fill(server, "filling");
			server.execute("postgres", "ALTER DATABASE filling RENAME TO " + asFound());
		}
		if (!server.has(this.name)) {
			migrate(server, "migrating");
			server.execute("postgres", "ALTER DATABASE migrating RENAME TO " + this.name);
		}
	}

	private void fill(BenchmarkServer server, String database) throws Exception {
		server.drop(database);
		server.execute("postgres", "CREATE DATABASE " + database);
		server.execute(database, TestDatabase.resource("platform.sql"));
		server.execute(database, statements());
	}

	/** The dry runs leave the rows of the locks, which a running service counts on. */
	private void migrate(BenchmarkServer server, String database) throws Exception {
		server.copy(asFound(), database);
		try (ServiceProcess service = ServiceProcess.start(server, database, Map.of())) {
			service.post("/api/admin/backlog-cleanup/run?dryRun=true");
			service.post("/api/admin/purge?dryRun=true");
			server.awaitIdle(database);
		}
		server.execute(database, "VACUUM ANALYZE");
	}

	/**
	 * {@code fill.sql} as psql would send it: one by one, with its variables in place.
	 */
	private String[] statements() {
		String script = TestDatabase.resource("fill.sql").replaceAll("(?m)^--.*$", "");
		for (Map.Entry<String, Integer> size : this.sizes.entrySet()) {
			script = script.replaceAll("(?<!:):" + size.getKey() + "\\b", size.getValue().toString());
		}
		return Arrays.stream(script.split(";\\s*\n")).filter((sql) -> !sql.isBlank()).toArray(String[]::new);
	}

}
