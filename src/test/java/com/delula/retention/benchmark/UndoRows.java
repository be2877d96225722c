package com.delula.retention.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/**
 * What the undo window costs: removals with and without it in turn, and restores beside a
 * bare {@code INSERT … SELECT} of the same rows, on fresh copies.
 */
final class UndoRows {

	private static final String DATABASE = "measured";

	private static final String FAILED = "generations WHERE user_id = 'system_backlog' AND status = 'failed'";

	private final BenchmarkServer server;

	private final Options options;

	private final Report report;

	private final Samples without = new Samples();

	private final Samples with = new Samples();

	private final Samples restored = new Samples();

	private final Samples paced = new Samples();

	private final Samples inserted = new Samples();

	UndoRows(BenchmarkServer server, Options options, Report report) {
		this.server = server;
		this.options = options;
		this.report = report;
	}

	void measure() throws Exception {
		for (int round = 1; round <= this.options.rounds(); round++) {
			remove();
			removeAndRestore("1", this.restored);
			removeAndRestore("0.5", this.paced);
			insert();
			this.report.say(String.format(Locale.ROOT,
					"  round %d, rows/s: %,.0f removed, %,.0f with undo; %,.0f restored, %,.0f at the default pace;"
							+ " %,.0f inserted",
					round, this.without.last(), this.with.last(), this.restored.last(), this.paced.last(),
					this.inserted.last()));
		}
		tell("regular cleanup with an undo window, rows/s against without", this.with, this.without);
		tell("restore at full speed, rows/s against a bare INSERT … SELECT", this.restored, this.inserted);
		tell("restore at the default pace, rows/s against a bare INSERT … SELECT", this.paced, this.inserted);
	}

	private void tell(String what, Samples own, Samples other) {
		this.report.note(String.format(Locale.ROOT, "%s: %,.0f against %,.0f, %.2f", what, own.median(), other.median(),
				own.median() / other.median()));
	}

	private void remove() throws Exception {
		this.server.copy(Dataset.CONTRACT.name(), DATABASE);
		try (ServiceProcess service = ServiceProcess.start(this.server, DATABASE,
				Map.of("RETENTION_RUN_DUTY_CYCLE", "1"))) {
			this.without.add(rate(service.post("/api/admin/rules/backlog-cleanup/run")));
		}
	}

	/** The removal counts only at full speed. */
	private void removeAndRestore(String dutyCycle, Samples rates) throws Exception {
		boolean full = dutyCycle.equals("1");
		this.server.copy(Dataset.CONTRACT.name(), DATABASE);
		try (ServiceProcess service = ServiceProcess.start(this.server, DATABASE,
				Map.of("RETENTION_RUN_DUTY_CYCLE", dutyCycle, "RETENTION_BACKLOG_UNDO", "7d"))) {
			JsonNode removal = service.post("/api/admin/rules/backlog-cleanup/" + (full ? "run" : "emergency"));
			if (full) {
				this.with.add(rate(removal));
			}
			this.server.execute(DATABASE, "CHECKPOINT");
			rates.add(rate(service.post("/api/admin/runs/" + removal.get("id").asString() + "/restore")));
		}
	}

	private static double rate(JsonNode run) {
		return Math.abs(run.get("rowsRemoved").asLong()) / seconds(run);
	}

	private static double seconds(JsonNode run) {
		return Duration
			.between(Instant.parse(run.get("startedAt").asString()), Instant.parse(run.get("finishedAt").asString()))
			.toMillis() / 1e3;
	}

	private void insert() throws Exception {
		this.server.copy(Dataset.CONTRACT.name(), DATABASE);
		this.server.execute(DATABASE, "CREATE TABLE copy AS SELECT * FROM " + FAILED, "DELETE FROM " + FAILED, "VACUUM",
				"CHECKPOINT");
		long rows = Long.parseLong(this.server.query(DATABASE, "SELECT count(*) FROM copy"));
		long begun = System.nanoTime();
		this.server.execute(DATABASE, "INSERT INTO generations SELECT * FROM copy");
		this.inserted.add(rows / ((System.nanoTime() - begun) / 1e9));
	}

}
