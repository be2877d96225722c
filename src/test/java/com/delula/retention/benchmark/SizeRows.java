package com.delula.retention.benchmark;

import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import com.delula.retention.benchmark.Rivals.Rival;
import tools.jackson.databind.JsonNode;

/** How the time of a run grows with what it removes and with what it leaves. */
final class SizeRows {

	private static final String DATABASE = "measured";

	private static final Map<String, String> FULL_SPEED = Map.of("RETENTION_RUN_DUTY_CYCLE", "1");

	private static final Map<String, String> PATHS = paths();

	/** A row of jobs costs more than one of upscale_jobs, so only jobs are compared. */
	private static final Map<String, String> TABLES = Map.of("regular cleanup", "generations", "emergency",
			"generations", "purge", "jobs");

	private static final Map<String, Rival> RIVALS = Map.of("regular cleanup", Rivals::rankedStatement, "emergency",
			Rivals::emergencyStatement, "purge", Rivals::purgeStatements);

	private final BenchmarkServer server;

	private final Options options;

	private final Report report;

	SizeRows(BenchmarkServer server, Options options, Report report) {
		this.server = server;
		this.options = options;
		this.report = report;
	}

	private static Map<String, String> paths() {
		Map<String, String> paths = new LinkedHashMap<>();
		paths.put("regular cleanup", "/api/admin/backlog-cleanup/run");
		paths.put("emergency", "/api/admin/backlog-cleanup/emergency");
		paths.put("purge", "/api/admin/purge");
		return paths;
	}

	/** The last tenth of a run against its first, on the contract's data. */
	void tenths() throws Exception {
		this.server.copy(Dataset.CONTRACT.name(), DATABASE);
		try (ServiceProcess service = ServiceProcess.start(this.server, DATABASE, FULL_SPEED)) {
			for (Map.Entry<String, String> path : PATHS.entrySet()) {
				Samples ratios = new Samples();
				for (int round = 0; round <= this.options.rounds(); round++) {
					this.server.copy(Dataset.CONTRACT.name(), DATABASE);
					double ratio = tenth(service, path.getValue(), TABLES.get(path.getKey()));
					this.report.say(String.format(Locale.ROOT, "  round %d, %s: %.2f", round, path.getKey(), ratio));
					if (round > 0) {
						ratios.add(ratio);
					}
				}
				this.report.atMost(path.getKey() + ", seconds per row of the last tenth against the first", "", "",
						ratios.median(), 1.2);
			}
		}
	}

	private double tenth(ServiceProcess service, String path, String table) throws Exception {
		service.get("/actuator/health/readiness");
		this.server.awaitIdle(DATABASE);
		Progress progress = Progress.of(this.server, DATABASE, table);
		try (progress) {
			service.post(path);
		}
		this.server.awaitIdle(DATABASE);
		return progress.lastTenthToFirst();
	}

	/** The same rows removed from among ten times the others, and how plain SQL fares. */
	void tenfold() throws Exception {
		Dataset.TENFOLD.create(this.server);
		for (Map.Entry<String, String> path : PATHS.entrySet()) {
			Map<Dataset, Samples> own = new LinkedHashMap<>();
			Map<Dataset, Samples> rival = new LinkedHashMap<>();
			for (int round = 1; round <= this.options.rounds(); round++) {
				for (Dataset dataset : new Dataset[] { Dataset.CONTRACT, Dataset.TENFOLD }) {
					keep(own, dataset, service(dataset, path.getValue()), path.getKey());
					keep(rival, dataset, rival(dataset, RIVALS.get(path.getKey())), path.getKey() + ", plain SQL");
				}
			}
			this.report.atMost(path.getKey() + ", seconds more with ten times the retained rows", times(own),
					times(rival), growth(own) / growth(rival), 0.5);
		}
	}

	/**
	 * In seconds: a factor could not be half of one that is below 2. Less than a tenth of
	 * a second tells nothing.
	 */
	private static double growth(Map<Dataset, Samples> times) {
		return Math.max(0.1, times.get(Dataset.TENFOLD).median() - times.get(Dataset.CONTRACT).median());
	}

	private void keep(Map<Dataset, Samples> times, Dataset dataset, double seconds, String what) {
		this.report.say(String.format(Locale.ROOT, "  %s, %s: %.2f s", dataset.name(), what, seconds));
		times.computeIfAbsent(dataset, (key) -> new Samples()).add(seconds);
	}

	private static String times(Map<Dataset, Samples> times) {
		return String.format(Locale.ROOT, "%.2f s → %.2f s", times.get(Dataset.CONTRACT).median(),
				times.get(Dataset.TENFOLD).median());
	}

	/** A process of its own for each run, warmed up by a run on a copy before. */
	private double service(Dataset dataset, String path) throws Exception {
		this.server.copy(Dataset.CONTRACT.name(), DATABASE);
		try (ServiceProcess service = ServiceProcess.start(this.server, DATABASE, FULL_SPEED)) {
			service.post(path);
			this.server.awaitIdle(DATABASE);
			this.server.copy(dataset.name(), DATABASE);
			service.get("/actuator/health/readiness");
			this.server.awaitIdle(DATABASE);
			long begun = System.nanoTime();
			service.post(path);
			return (System.nanoTime() - begun) / 1e9;
		}
	}

	private double rival(Dataset dataset, Rival rival) throws Exception {
		this.server.copy(dataset.name(), DATABASE);
		try (Connection connection = this.server.connect(DATABASE)) {
			long begun = System.nanoTime();
			rival.remove(connection);
			return (System.nanoTime() - begun) / 1e9;
		}
	}

	/** Ten million rows of 200,000 recipes, narrow so that they fit on a small disk. */
	void large() throws Exception {
		String database = "large";
		this.server.drop(database);
		this.server.execute("postgres", "CREATE DATABASE " + database);
		ServiceProcess.start(this.server, database, Map.of()).close();
		this.server.execute(database, "DROP INDEX retention_generations_rank_idx, retention_generations_time_idx", """
				INSERT INTO generations (user_id, recipe_id, status, created_at, updated_at)
				SELECT 'system_backlog', n % 200000, 'failed', t, t
				FROM (SELECT n, now() - interval '40 days' + n * interval '0.25 s' AS t
					FROM generate_series(1, 12000000) AS n) x""", "VACUUM ANALYZE generations");
		try (ServiceProcess service = ServiceProcess.start(this.server, database, FULL_SPEED)) {
			service.post("/api/admin/backlog-cleanup/run?dryRun=true");
			this.server.awaitIdle(database);
			large(service, database);
		}
		this.server.drop(database);
	}

	private void large(ServiceProcess service, String database) throws Exception {
		long begun = System.nanoTime();
		Progress progress = Progress.of(this.server, database, "generations");
		JsonNode answer;
		try (progress) {
			answer = service.post("/api/admin/backlog-cleanup/run");
		}
		double seconds = (System.nanoTime() - begun) / 1e9;
		long removed = DeletionRows.removed(answer);
		this.report.row("10,000,000 rows removed, 200,000 recipes, inside -Xmx160m",
				String.format(Locale.ROOT, "%,d rows in %.0f s; heap ≤ %d MB, process ≤ %d MB", removed, seconds,
						ServiceProcess.peakHeapMegabytes(), service.peakMegabytes()),
				"", "", "-Xmx160m", (removed >= 10_000_000) ? "yes" : "**no**");
		this.report.atMost("10,000,000 rows, seconds per row of the last tenth against the first", "", "",
				progress.lastTenthToFirst(), 1.2);
	}

}
