package com.delula.retention.benchmark;

import java.sql.Connection;
import java.util.Locale;
import java.util.Map;

import com.delula.retention.benchmark.Rivals.Rival;
import tools.jackson.databind.JsonNode;

/** Rows a second at full speed, this service and its rivals in turn on fresh copies. */
final class DeletionRows {

	private static final String DATABASE = "measured";

	private final BenchmarkServer server;

	private final Options options;

	private final Report report;

	DeletionRows(BenchmarkServer server, Options options, Report report) {
		this.server = server;
		this.options = options;
		this.report = report;
	}

	void regular() throws Exception {
		measure("regular cleanup", "/api/admin/backlog-cleanup/run", "one ranked DELETE", Rivals::rankedStatement, 1.5);
		this.server.copy(Dataset.CONTRACT.name(), DATABASE);
		this.report.note(String.format(Locale.ROOT, "regular cleanup, LIMIT 1000 again and again: %,.0f rows/s",
				rate(Rivals::thousandByThousand)));
	}

	void emergency() throws Exception {
		measure("emergency", "/api/admin/backlog-cleanup/emergency", "the bare DELETE", Rivals::emergencyStatement,
				0.8);
	}

	void purge() throws Exception {
		measure("purge", "/api/admin/purge", "two bare DELETEs", Rivals::purgeStatements, 1);
	}

	/** Each run is the first of its process, as an operator's emergency always is. */
	private void measure(String what, String path, String rivalName, Rival rival, double required) throws Exception {
		Samples own = new Samples();
		Samples later = new Samples();
		Samples other = new Samples();
		for (int round = 1; round <= this.options.rounds(); round++) {
			this.server.copy(Dataset.CONTRACT.name(), DATABASE);
			try (ServiceProcess service = ServiceProcess.start(this.server, DATABASE,
					Map.of("RETENTION_RUN_DUTY_CYCLE", "1"))) {
				own.add(rate(service, path));
				this.server.copy(Dataset.CONTRACT.name(), DATABASE);
				later.add(rate(service, path));
			}
			this.server.copy(Dataset.CONTRACT.name(), DATABASE);
			other.add(rate(rival));
			this.report.say(String.format(Locale.ROOT, "  round %d, %s: %,.0f first, %,.0f later; %s %,.0f rows/s",
					round, what, own.last(), later.last(), rivalName, other.last()));
		}
		this.report.atLeast(what + ", the first run after the start, rows/s against " + rivalName, rate(own),
				rate(other), own.median() / other.median(), required);
		this.report.note(what + ", a later run: " + rate(later) + " rows/s");
	}

	private static String rate(Samples rates) {
		return String.format(Locale.ROOT, "%,.0f", rates.median());
	}

	private double rate(ServiceProcess service, String path) throws Exception {
		service.get("/actuator/health/readiness");
		this.server.awaitIdle(DATABASE);
		long begun = System.nanoTime();
		JsonNode answer = service.post(path);
		double seconds = (System.nanoTime() - begun) / 1e9;
		this.server.awaitIdle(DATABASE);
		return removed(answer) / seconds;
	}

	static long removed(JsonNode answer) {
		if (answer.has("jobsDeleted")) {
			return answer.get("jobsDeleted").asLong() + answer.get("upscaleJobsDeleted").asLong();
		}
		return answer.get(answer.has("removedCount") ? "removedCount" : "cleanedUpGenerations").asLong();
	}

	private double rate(Rival rival) throws Exception {
		try (Connection connection = this.server.connect(DATABASE)) {
			long begun = System.nanoTime();
			long removed = rival.remove(connection);
			return removed / ((System.nanoTime() - begun) / 1e9);
		}
	}

}
