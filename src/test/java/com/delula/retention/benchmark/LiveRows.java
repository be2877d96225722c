package com.delula.retention.benchmark;

import java.util.Locale;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/** What a run at the default duty cycle does to the statements of others. */
final class LiveRows {

	private static final String DATABASE = "measured";

	private static final String INSERT_GENERATION = """
			INSERT INTO generations (user_id, recipe_id, prompt, status, metadata)
			VALUES ((ARRAY['alice', 'bob', 'system_backlog'])[1 + floor(random() * 3)::int],
				1 + floor(random() * 1000)::int, repeat('a prompt of words ', 8), 'pending', '{"width": 1024}')
			""";

	private static final String UPDATE_GENERATION = """
			UPDATE generations SET status = 'completed', updated_at = now() WHERE id = ? AND status <> 'failed'
			""";

	/** Live statements do not touch what a run removes. */
	private static final String LIVE_GENERATIONS = "SELECT id FROM generations WHERE status <> 'failed' LIMIT 100000";

	private static final String INSERT_JOB = """
			INSERT INTO jobs (id, discord_user_id, discord_guild_id, discord_channel_id, status, model,
				positive_prompt, created_at)
			VALUES (gen_random_uuid(), '1', '1', '1', 'queued', 'sdxl', repeat('a prompt of words ', 8), now())
			""";

	private static final String UPDATE_JOB = """
			UPDATE jobs SET status = 'processing', started_at = now() WHERE id = ? AND status IN ('queued', 'processing')
			""";

	private static final String LIVE_JOBS = "SELECT id FROM jobs WHERE status = 'queued' LIMIT 100000";

	private final BenchmarkServer server;

	private final Options options;

	private final Report report;

	LiveRows(BenchmarkServer server, Options options, Report report) {
		this.server = server;
		this.options = options;
		this.report = report;
	}

	void measure() throws Exception {
		measure("regular cleanup", "/api/admin/backlog-cleanup/run", INSERT_GENERATION, UPDATE_GENERATION,
				LIVE_GENERATIONS);
		measure("purge", "/api/admin/purge", INSERT_JOB, UPDATE_JOB, LIVE_JOBS);
	}

	private void measure(String what, String path, String insert, String update, String ids) throws Exception {
		Samples without = new Samples();
		Samples with = new Samples();
		for (int round = 0; round < this.options.rounds(); round++) {
			this.server.copy(Dataset.CONTRACT.name(), DATABASE);
			try (ServiceProcess service = ServiceProcess.start(this.server, DATABASE, Map.of());
					LiveLoad load = new LiveLoad(this.server, DATABASE, insert, update, ids)) {
				round(service, path, load, without, with);
			}
		}
		this.report.note(String.format(Locale.ROOT,
				"live statements beside a %s: median %.2f ms without, %.2f ms with a run; %d and %d statements", what,
				without.median(), with.median(), without.sorted().size(), with.sorted().size()));
		double ratio = with.quantile(0.99) / without.quantile(0.99);
		this.report.atMost("live inserts and updates beside a " + what + ", p99",
				String.format(Locale.ROOT, "%.1f ms", with.quantile(0.99)),
				String.format(Locale.ROOT, "%.1f ms without a run", without.quantile(0.99)), ratio, 1.25);
	}

	/** A window without, one of a whole run, and one without again. */
	private void round(ServiceProcess service, String path, LiveLoad load, Samples without, Samples with)
			throws Exception {
		Thread.sleep(3_000);
		load.next();
		Thread.sleep(5_000);
		Samples before = load.next();
		String run = service.begin(path);
		long begun = System.nanoTime();
		while (isRunning(service, run)) {
			Thread.sleep(100);
		}
		Samples during = load.next();
		double seconds = (System.nanoTime() - begun) / 1e9;
		// Whatever follows a run is neither with nor without it.
		Thread.sleep(3_000);
		load.next();
		Thread.sleep(5_000);
		Samples after = load.next();
		this.report.say(String.format(Locale.ROOT, "  p99 before %.1f ms, during %.1f ms (%.0f s), after %.1f ms",
				before.quantile(0.99), during.quantile(0.99), seconds, after.quantile(0.99)));
		without.addAll(before);
		without.addAll(after);
		with.addAll(during);
	}

	private static boolean isRunning(ServiceProcess service, String run) throws Exception {
		JsonNode answer = service.get("/api/admin/runs/" + run);
		return answer.get("status").asString().equals("running");
	}

}
