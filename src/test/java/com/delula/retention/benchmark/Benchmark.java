package com.delula.retention.benchmark;

import java.util.LinkedHashMap;
import java.util.Map;

/** Measures every row of the contract's section on speed and writes the table. */
public final class Benchmark {

	private Benchmark() {
	}

	public static void main(String[] arguments) throws Exception {
		Options options = Options.of(arguments);
		Report report = new Report();
		BenchmarkServer server = BenchmarkServer.start(options);
		Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
		measure(server, options, report);
		report.say("");
		report.say(report.text(Machine.describe(server, options)));
		if (options.keepsResult()) {
			report.write(Machine.describe(server, options));
		}
	}

	private static void measure(BenchmarkServer server, Options options, Report report) throws Exception {
		DeletionRows deletion = new DeletionRows(server, options, report);
		SizeRows sizes = new SizeRows(server, options, report);
		Map<String, Group> groups = new LinkedHashMap<>();
		groups.put("regular", deletion::regular);
		groups.put("emergency", deletion::emergency);
		groups.put("purge", deletion::purge);
		groups.put("tenths", sizes::tenths);
		groups.put("tenfold", sizes::tenfold);
		groups.put("large", new LargeRows(server, options, report)::measure);
		groups.put("ten-million", sizes::large);
		groups.put("live", new LiveRows(server, options, report)::measure);
		groups.put("before", new BeforeRows(server, options, report)::measure);
		groups.put("starts", new StartRows(server, options, report)::measure);
		groups.put("status", new StatusRow(server, report)::measure);
		report.say("Filling the contract's data");
		Dataset.CONTRACT.create(server);
		for (Map.Entry<String, Group> group : groups.entrySet()) {
			if (options.wants(group.getKey())) {
				report.say("Measuring: " + group.getKey());
				group.getValue().measure();
			}
		}
	}

	private static void stop(BenchmarkServer server) {
		try {
			server.close();
		}
		catch (Exception ex) {
			throw new IllegalStateException("PostgreSQL did not stop", ex);
		}
	}

	/** Rows of the table that are measured together. */
	private interface Group {

		void measure() throws Exception;

	}

}
