package com.delula.retention.benchmark;

import java.io.File;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.util.FileSystemUtils;

/** How long a command of the plain jar takes, and a start of the service. */
final class StartRows {

	private static final String DATABASE = "measured";

	private static final Path CACHES = Path.of("target", "benchmark-cache");

	/** The cache takes some seconds to make. */
	private static final int CACHE_SECONDS = 120;

	private final BenchmarkServer server;

	private final Options options;

	private final Report report;

	StartRows(BenchmarkServer server, Options options, Report report) {
		this.server = server;
		this.options = options;
		this.report = report;
	}

	void measure() throws Exception {
		this.server.copy(Dataset.CONTRACT.name(), DATABASE);
		FileSystemUtils.deleteRecursively(CACHES);
		double first = status();
		awaitCache();
		Samples later = new Samples();
		for (int round = 0; round < this.options.rounds(); round++) {
			later.add(status());
		}
		this.report.atMost("status on the command line, plain jar, seconds",
				String.format(Locale.ROOT, "%.1f s", later.median()),
				String.format(Locale.ROOT, "%.1f s the first time", first), later.median(), 2.5);
		Samples starts = new Samples();
		for (int round = 0; round < this.options.rounds(); round++) {
			long begun = System.nanoTime();
			ServiceProcess.start(this.server, DATABASE, Map.of()).close();
			starts.add((System.nanoTime() - begun) / 1e9);
		}
		this.report.note(String.format(Locale.ROOT, "the service is started, ready and stopped again in %.1f s",
				starts.median()));
	}

	private double status() throws Exception {
		ProcessBuilder builder = new ProcessBuilder("java", "-jar", System.getProperty("benchmark.jar"), "status")
			.redirectErrorStream(true)
			.redirectOutput(Redirect.appendTo(new File("target/benchmark-service.log")));
		builder.environment().put("DATABASE_URL", this.server.url(DATABASE));
		builder.environment().put("XDG_CACHE_HOME", CACHES.toAbsolutePath().toString());
		long begun = System.nanoTime();
		if (builder.start().waitFor() != 0) {
			throw new IllegalStateException("status failed; see target/benchmark-service.log");
		}
		double seconds = (System.nanoTime() - begun) / 1e9;
		this.report.say(String.format(Locale.ROOT, "  status: %.2f s", seconds));
		return seconds;
	}

	private static void awaitCache() throws Exception {
		for (int second = 0; second < CACHE_SECONDS; second++) {
			try (Stream<Path> files = Files.walk(CACHES)) {
				if (files.anyMatch((file) -> file.toString().endsWith("classes.jsa"))) {
					return;
				}
			}
			Thread.sleep(1_000);
		}
	}

}
