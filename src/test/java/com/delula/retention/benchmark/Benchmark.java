package com.delula.retention.benchmark;

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
		report.say("Filling the contract's data");
		Dataset.CONTRACT.create(server);
		if (options.wants("regular")) {
			deletion.regular();
		}
		if (options.wants("emergency")) {
			deletion.emergency();
		}
		if (options.wants("purge")) {
			deletion.purge();
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

}
