package com.delula.retention.benchmark;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import tools.jackson.databind.JsonNode;

/**
 * The built jar and the one of before in turn, each on copies of a database that it has
 * prepared itself: the first run after a start, and one after that.
 */
final class BeforeRows {

	private static final String DATABASE = "measured";

	/** What a change may cost. */
	private static final double FLOOR = 0.95;

	private static final Map<String, String> PATHS = new LinkedHashMap<>();

	static {
		PATHS.put("regular cleanup", "/api/admin/backlog-cleanup/run");
		PATHS.put("emergency", "/api/admin/backlog-cleanup/emergency");
		PATHS.put("purge", "/api/admin/purge");
	}

	private final BenchmarkServer server;

	private final Options options;

	private final Report report;

	BeforeRows(BenchmarkServer server, Options options, Report report) {
		this.server = server;
		this.options = options;
		this.report = report;
	}

	void measure() throws Exception {
		Map<String, String> jars = new LinkedHashMap<>();
		jars.put("before", Objects.requireNonNull(this.options.before(), "--before JAR").toString());
		jars.put("after", Path.of(System.getProperty("benchmark.jar")).toAbsolutePath().toString());
		for (Map.Entry<String, String> jar : jars.entrySet()) {
			this.server.copy(Dataset.CONTRACT.asFound(), prepared(jar.getKey()));
			Dataset.migrate(this.server, prepared(jar.getKey()), jar.getValue());
		}
		for (Map.Entry<String, String> path : PATHS.entrySet()) {
			compare(path.getKey(), path.getValue(), jars);
		}
	}

	private void compare(String what, String path, Map<String, String> jars) throws Exception {
		Map<String, Samples> rates = new LinkedHashMap<>();
		for (int round = 1; round <= this.options.rounds(); round++) {
			for (Map.Entry<String, String> jar : jars.entrySet()) {
				round(what, path, jar.getKey(), jar.getValue(), rates);
			}
		}
		for (String run : new String[] { "the first run", "a later run" }) {
			double after = rates.get("after, " + run).median();
			double before = rates.get("before, " + run).median();
			this.report.atLeast(what + ", " + run + ", rows/s against the jar before",
					String.format(Locale.ROOT, "%,.0f", after), String.format(Locale.ROOT, "%,.0f", before),
					after / before, FLOOR);
		}
	}

	private void round(String what, String path, String side, String jar, Map<String, Samples> rates) throws Exception {
		this.server.copy(prepared(side), DATABASE);
		try (ServiceProcess service = start(jar, DATABASE)) {
			for (String run : new String[] { "the first run", "a later run" }) {
				if (run.equals("a later run")) {
					this.server.copy(prepared(side), DATABASE);
				}
				double rate = rate(service, path);
				this.report.say(String.format(Locale.ROOT, "  %s, %s, %s: %,.0f rows/s", what, side, run, rate));
				rates.computeIfAbsent(side + ", " + run, (name) -> new Samples()).add(rate);
			}
		}
	}

	private double rate(ServiceProcess service, String path) throws Exception {
		service.get("/actuator/health/readiness");
		this.server.awaitIdle(DATABASE);
		long begun = System.nanoTime();
		JsonNode answer = service.post(path);
		return DeletionRows.removed(answer) / ((System.nanoTime() - begun) / 1e9);
	}

	private ServiceProcess start(String jar, String database) throws Exception {
		return ServiceProcess.start(jar, this.server, database, Map.of("RETENTION_RUN_DUTY_CYCLE", "1"));
	}

	private static String prepared(String side) {
		return "prepared_" + side;
	}

}
