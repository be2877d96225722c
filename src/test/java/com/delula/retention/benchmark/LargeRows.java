package com.delula.retention.benchmark;

import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import com.delula.retention.benchmark.Rivals.Rival;
import tools.jackson.databind.JsonNode;

/**
 * Ten times the contract's rows to remove, at full speed, each run the first of its
 * process: there the log and the disk are the limit.
 */
final class LargeRows {

	private static final String DATABASE = "measured";

	/** A round takes minutes. */
	private static final int MOST_ROUNDS = 3;

	private final BenchmarkServer server;

	private final Options options;

	private final Report report;

	LargeRows(BenchmarkServer server, Options options, Report report) {
		this.server = server;
		this.options = options;
		this.report = report;
	}

	void measure() throws Exception {
		Dataset.LARGE.create(this.server);
		Map<String, Rival> regular = new LinkedHashMap<>();
		regular.put("the bare DELETE by time", Rivals::byTime);
		regular.put("one ranked DELETE", Rivals::rankedStatement);
		regular.put("a loop over recipes", Rivals::recipeLoop);
		compare("regular cleanup", "/api/admin/backlog-cleanup/run", regular,
				Map.of("the bare DELETE by time", 1.0, "one ranked DELETE", 2.0, "a loop over recipes", 4.0));
		compare("emergency", "/api/admin/backlog-cleanup/emergency",
				Map.of("the bare DELETE", Rivals::emergencyStatement), Map.of("the bare DELETE", 1.25));
		compare("purge", "/api/admin/purge", Map.of("two bare DELETEs", Rivals::purgeStatements),
				Map.of("two bare DELETEs", 1.25));
	}

	private void compare(String what, String path, Map<String, Rival> rivals, Map<String, Double> required)
			throws Exception {
		Map<String, Samples> rates = new LinkedHashMap<>();
		for (int round = 1; round <= Math.min(MOST_ROUNDS, this.options.rounds()); round++) {
			keep(rates, "service", service(path), what);
			for (Map.Entry<String, Rival> rival : rivals.entrySet()) {
				keep(rates, rival.getKey(), rival(rival.getValue()), what);
			}
		}
		double own = rates.get("service").median();
		rivals.keySet().forEach((rival) -> {
			double other = rates.get(rival).median();
			this.report.atLeast("large, " + what + ", rows/s against " + rival,
					String.format(Locale.ROOT, "%,.0f", own), String.format(Locale.ROOT, "%,.0f", other), own / other,
					required.get(rival));
		});
	}

	private void keep(Map<String, Samples> rates, String side, double rate, String what) {
		this.report.say(String.format(Locale.ROOT, "  %s, %s: %,.0f rows/s", what, side, rate));
		rates.computeIfAbsent(side, (name) -> new Samples()).add(rate);
	}

	private double service(String path) throws Exception {
		this.server.copy(Dataset.LARGE.name(), DATABASE);
		try (ServiceProcess service = ServiceProcess.start(this.server, DATABASE,
				Map.of("RETENTION_RUN_DUTY_CYCLE", "1"))) {
			this.server.awaitIdle(DATABASE);
			long begun = System.nanoTime();
			JsonNode answer = service.post(path);
			return DeletionRows.removed(answer) / ((System.nanoTime() - begun) / 1e9);
		}
	}

	private double rival(Rival rival) throws Exception {
		this.server.copy(Dataset.LARGE.name(), DATABASE);
		try (Connection connection = this.server.connect(DATABASE)) {
			long begun = System.nanoTime();
			long removed = rival.remove(connection);
			return removed / ((System.nanoTime() - begun) / 1e9);
		}
	}

}
