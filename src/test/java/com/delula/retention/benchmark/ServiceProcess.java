package com.delula.retention.benchmark;

import java.io.File;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The built jar as a process of its own, in 160 MB of heap. */
final class ServiceProcess implements AutoCloseable {

	private static final String PASSWORD = "benchmark";

	static final String AUTHORIZATION = "Basic "
			+ Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));

	private static final Pattern HEAP_BEFORE_COLLECTION = Pattern.compile("(\\d+)M->");

	private static final Path GC_LOG = Path.of("target", "benchmark-gc.log");

	private static final JsonMapper JSON = new JsonMapper();

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final Process process;

	private final String address;

	private ServiceProcess(Process process, String address) {
		this.process = process;
		this.address = address;
	}

	/** Starts it with its schedules off and waits until it is ready. */
	static ServiceProcess start(BenchmarkServer server, String database, Map<String, String> environment)
			throws Exception {
		return start(System.getProperty("benchmark.jar"), server, database, environment);
	}

	/** The same with another jar. */
	static ServiceProcess start(String jar, BenchmarkServer server, String database, Map<String, String> environment)
			throws Exception {
		int port = BenchmarkServer.freePort();
		ProcessBuilder builder = new ProcessBuilder("java", "-Xmx160m", "-Xlog:gc:file=" + GC_LOG, "-jar", jar)
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(new File("target/benchmark-service.log")));
		builder.environment()
			.putAll(Map.of("DATABASE_URL", server.url(database), "SERVER_PORT", String.valueOf(port), "ADMIN_PASSWORD",
					PASSWORD, "CLEANUP_SCHEDULE", "-", "PURGE_SCHEDULE", "-"));
		builder.environment().putAll(environment);
		ServiceProcess service = new ServiceProcess(builder.start(), "http://localhost:" + port);
		service.awaitReady();
		return service;
	}

	private void awaitReady() throws Exception {
		while (!isReady()) {
			if (this.process.waitFor(200, TimeUnit.MILLISECONDS)) {
				throw new IllegalStateException("The service ended; see target/benchmark-service.log");
			}
		}
	}

	private boolean isReady() throws Exception {
		try {
			HttpRequest request = HttpRequest.newBuilder(URI.create(this.address + "/actuator/health/readiness"))
				.build();
			return this.http.send(request, BodyHandlers.discarding()).statusCode() == 200;
		}
		catch (ConnectException ex) {
			return false;
		}
	}

	String address() {
		return this.address;
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(this.address + path)).header("Authorization", AUTHORIZATION);
	}

	/** A call that has to succeed. */
	private JsonNode call(HttpRequest request) throws Exception {
		var response = this.http.send(request, BodyHandlers.ofString());
		if (response.statusCode() >= 300) {
			throw new IllegalStateException(request + " answered " + response.statusCode() + ": " + response.body());
		}
		return JSON.readTree(response.body());
	}

	JsonNode get(String path) throws Exception {
		return call(request(path).build());
	}

	JsonNode post(String path) throws Exception {
		return call(request(path).POST(HttpRequest.BodyPublishers.noBody()).build());
	}

	/** Begins a run and does not wait for its end. */
	String begin(String path) throws Exception {
		return call(request(path).header("Prefer", "respond-async").POST(HttpRequest.BodyPublishers.noBody()).build())
			.get("id")
			.asString();
	}

	/**
	 * Pauses a run, resumes it or changes its pace.
	 * @return whether the run was still under way
	 */
	boolean steer(String run, String wish) throws Exception {
		var answer = this.http
			.send(request("/api/admin/runs/" + run + "?" + wish).method("PATCH", HttpRequest.BodyPublishers.noBody())
				.build(), BodyHandlers.ofString());
		if (answer.statusCode() != 200 && answer.statusCode() != 409) {
			throw new IllegalStateException(run + " answered " + answer.statusCode() + ": " + answer.body());
		}
		return answer.statusCode() == 200;
	}

	/** The most memory that the process has had, in megabytes. */
	long peakMegabytes() throws Exception {
		String status = Files.readString(Path.of("/proc", String.valueOf(this.process.pid()), "status"));
		Matcher peak = Pattern.compile("VmHWM:\\s+(\\d+) kB").matcher(status);
		return peak.find() ? Long.parseLong(peak.group(1)) / 1024 : -1;
	}

	/** The most heap in use when a collection began, in megabytes. */
	static long peakHeapMegabytes() throws Exception {
		return HEAP_BEFORE_COLLECTION.matcher(Files.readString(GC_LOG))
			.results()
			.mapToLong((found) -> Long.parseLong(found.group(1)))
			.max()
			.orElse(0);
	}

	@Override
	public void close() throws Exception {
		this.process.destroy();
		this.process.waitFor();
	}

}
