package com.delula.retention.benchmark;

import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import com.delula.retention.benchmark.Rivals.Rival;

/** What a run at the default duty cycle does to the statements of others. */
final class LiveRows {

	private static final String DATABASE = "measured";

	/** A window without a run, before and after one. */
	private static final long WITHOUT_MILLIS = 6_000;

	/** A window while the service's run removes rows, and one while it is paused. */
	private static final long WINDOW_MILLIS = 3_000;

	/** What a run takes at most to heed that it is paused or resumed. */
	private static final long HEED_MILLIS = 1_000;

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
		Map<String, Rival> cleanups = new LinkedHashMap<>();
		cleanups.put("one ranked DELETE", Rivals::rankedStatement);
		cleanups.put("batches of 1,000 with a pause as long", Rivals::pausedBatches);
		cleanups.put("the function inside the database", Rivals::cleanupFunction);
		measure(new Load("regular cleanup", "/api/admin/backlog-cleanup/run", INSERT_GENERATION, UPDATE_GENERATION,
				LIVE_GENERATIONS), cleanups);
		Map<String, Rival> purges = new LinkedHashMap<>();
		purges.put("two bare DELETEs", Rivals::purgeStatements);
		purges.put("batches of 1,000 with a pause as long", Rivals::pausedPurge);
		purges.put("the function inside the database", Rivals::purgeFunction);
		measure(new Load("purge", "/api/admin/purge", INSERT_JOB, UPDATE_JOB, LIVE_JOBS), purges);
	}

	/** This service and its rivals in turn, each on a fresh copy. */
	private void measure(Load load, Map<String, Rival> rivals) throws Exception {
		Map<String, Side> sides = new LinkedHashMap<>();
		for (int round = 0; round < this.options.rounds(); round++) {
			service(load, sides.computeIfAbsent("this service", Side::new));
			for (Map.Entry<String, Rival> rival : rivals.entrySet()) {
				rival(load, rival.getValue(), sides.computeIfAbsent(rival.getKey(), Side::new));
			}
		}
		Side own = sides.remove("this service");
		own.tell(this.report, load.what());
		this.report.atMost("live inserts and updates beside a " + load.what() + ", p99", own.p99(),
				String.format(Locale.ROOT, "%.1f ms without a run", own.without().quantile(0.99)), own.ratio(), 1.25);
		sides.values().forEach((side) -> {
			side.tell(this.report, load.what());
			this.report.atMost("live p99 beside a " + load.what() + " against " + side.name(), own.p99(), side.p99(),
					own.during().quantile(0.99) / side.during().quantile(0.99), 1);
		});
		double full = fullSpeed(load.path());
		this.report.atMost("duration of a " + load.what() + " beside live statements against full speed",
				String.format(Locale.ROOT, "%.1f s", own.seconds().median()),
				String.format(Locale.ROOT, "%.1f s", full), own.seconds().median() / full, 20);
	}

	private double fullSpeed(String path) throws Exception {
		this.server.copy(Dataset.CONTRACT.name(), DATABASE);
		try (ServiceProcess service = ServiceProcess.start(this.server, DATABASE,
				Map.of("RETENTION_RUN_DUTY_CYCLE", "1"))) {
			long begun = System.nanoTime();
			service.post(path);
			return (System.nanoTime() - begun) / 1e9;
		}
	}

	/**
	 * The run is paused and resumed in turn: the latency of the disk beneath swings more
	 * within minutes than what a run adds to it.
	 */
	private void service(Load load, Side side) throws Exception {
		this.server.copy(Dataset.CONTRACT.name(), DATABASE);
		try (ServiceProcess service = ServiceProcess.start(this.server, DATABASE, Map.of());
				LiveLoad live = new LiveLoad(this.server, DATABASE, load.insert(), load.update(), load.ids())) {
			Thread.sleep(3_000);
			String run = service.begin(load.path());
			live.next();
			double removing = 0;
			long begun = System.nanoTime();
			for (boolean paused = false;; paused = !paused) {
				Thread.sleep(WINDOW_MILLIS);
				Samples samples = live.next();
				removing += paused ? 0 : (System.nanoTime() - begun) / 1e9;
				begun = System.nanoTime();
				if (!service.steer(run, "paused=" + !paused)) {
					break;
				}
				(paused ? side.without() : side.during()).addAll(samples);
				Thread.sleep(HEED_MILLIS);
				live.next();
			}
			side.seconds().add(removing);
		}
	}

	private void rival(Load load, Rival rival, Side side) throws Exception {
		this.server.copy(Dataset.CONTRACT.name(), DATABASE);
		round(load, side, () -> {
			try (Connection connection = this.server.connect(DATABASE)) {
				rival.remove(connection);
			}
		});
	}

	/** A window without, one of a whole run, and one without again. */
	private void round(Load load, Side side, Removal removal) throws Exception {
		try (LiveLoad live = new LiveLoad(this.server, DATABASE, load.insert(), load.update(), load.ids())) {
			Thread.sleep(3_000);
			live.next();
			Thread.sleep(WITHOUT_MILLIS);
			side.without().addAll(live.next());
			long begun = System.nanoTime();
			removal.remove();
			side.during().addAll(live.next());
			side.seconds().add((System.nanoTime() - begun) / 1e9);
			// Whatever follows a run is neither with nor without it.
			Thread.sleep(3_000);
			live.next();
			Thread.sleep(WITHOUT_MILLIS);
			side.without().addAll(live.next());
		}
	}

	/** What is measured beside what. */
	private record Load(String what, String path, String insert, String update, String ids) {
	}

	/** A way to remove the rows, from its beginning to its end. */
	private interface Removal {

		void remove() throws Exception;

	}

	/** What was measured of one side over all rounds. */
	private record Side(String name, Samples without, Samples during, Samples seconds) {

		Side(String name) {
			this(name, new Samples(), new Samples(), new Samples());
		}

		double ratio() {
			return this.during.quantile(0.99) / this.without.quantile(0.99);
		}

		String p99() {
			return String.format(Locale.ROOT, "%.1f ms", this.during.quantile(0.99));
		}

		void tell(Report report, String what) {
			report.note(String.format(Locale.ROOT,
					"live statements beside a %s by %s: p99 %.1f ms without, %.1f ms during; median %.2f and %.2f ms; %.1f s",
					what, this.name, this.without.quantile(0.99), this.during.quantile(0.99), this.without.median(),
					this.during.median(), this.seconds.median()));
		}

	}

}
