package com.delula.retention.benchmark;

import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import com.delula.retention.benchmark.Rivals.Rival;
import tools.jackson.databind.JsonNode;

/** Rows a second at full speed, this service and its rivals in turn on fresh copies. */
final class DeletionRows {

	private static final String DATABASE = "measured";

	/** The rival on a copy that has the service's indexes too. */
	private static final String WITH_INDEXES = ", with the service's indexes";

	private final BenchmarkServer server;

	private final Options options;

	private final Report report;

	DeletionRows(BenchmarkServer server, Options options, Report report) {
		this.server = server;
		this.options = options;
		this.report = report;
	}

	void regular() throws Exception {
		Map<String, Rival> rivals = new LinkedHashMap<>();
		rivals.put("one ranked DELETE", Rivals::rankedStatement);
		rivals.put("a loop over recipes", Rivals::recipeLoop);
		Map<String, Samples> rates = measure("/api/admin/backlog-cleanup/run", rivals);
		compare("regular cleanup", rates, "one ranked DELETE", 1.5);
		compare("regular cleanup", rates, "a loop over recipes", 3);
		this.server.copy(Dataset.CONTRACT.name(), DATABASE);
		this.report.note(String.format(Locale.ROOT, "regular cleanup, LIMIT 1000 again and again: %,.0f rows/s",
				rate(Rivals::thousandByThousand)));
	}

	void emergency() throws Exception {
		Map<String, Samples> rates = measure("/api/admin/backlog-cleanup/emergency",
				Map.of("the bare DELETE", Rivals::emergencyStatement));
		compare("emergency", rates, "the bare DELETE", 1);
	}

	/** As found a DELETE of jobs would look through all upscale jobs for each. */
	void purge() throws Exception {
		Map<String, Samples> rates = measure("/api/admin/purge", Map.of("two bare DELETEs", Rivals::purgeStatements));
		compare("purge", rates, "two bare DELETEs", 1);
	}

	/** The first round is cold on all sides and only told. */
	private Map<String, Samples> measure(String path, Map<String, Rival> rivals) throws Exception {
		Map<String, Samples> rates = new LinkedHashMap<>();
		this.server.copy(Dataset.CONTRACT.name(), DATABASE);
		try (ServiceProcess service = ServiceProcess.start(this.server, DATABASE,
				Map.of("RETENTION_RUN_DUTY_CYCLE", "1"))) {
			for (int round = 0; round <= this.options.rounds(); round++) {
				round(service, path, rivals, round, rates);
			}
		}
		return rates;
	}

	private void round(ServiceProcess service, String path, Map<String, Rival> rivals, int round,
			Map<String, Samples> rates) throws Exception {
		this.server.copy(Dataset.CONTRACT.name(), DATABASE);
		double own = rate(service, path);
		if (round == 0) {
			this.report.note(String.format(Locale.ROOT, "POST %s, the first after the start: %,.0f rows/s", path, own));
		}
		keep(rates, "service", own, round);
		for (Map.Entry<String, Rival> rival : rivals.entrySet()) {
			this.server.copy(Dataset.CONTRACT.name(), DATABASE);
			keep(rates, rival.getKey() + WITH_INDEXES, rate(rival.getValue()), round);
			if (!path.endsWith("/purge")) {
				this.server.copy(Dataset.CONTRACT.asFound(), DATABASE);
				keep(rates, rival.getKey(), rate(rival.getValue()), round);
			}
		}
	}

	private void keep(Map<String, Samples> rates, String side, double rate, int round) {
		this.report.say(String.format(Locale.ROOT, "  round %d, %s: %,.0f rows/s", round, side, rate));
		if (round > 0) {
			rates.computeIfAbsent(side, (name) -> new Samples()).add(rate);
		}
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

	private void compare(String what, Map<String, Samples> rates, String rival, double required) {
		for (String side : new String[] { rival, rival + WITH_INDEXES }) {
			if (rates.containsKey(side)) {
				double own = rates.get("service").median();
				double other = rates.get(side).median();
				this.report.atLeast(what + ", rows/s against " + side, String.format(Locale.ROOT, "%,.0f", own),
						String.format(Locale.ROOT, "%,.0f", other), own / other, required);
			}
		}
	}

}
