package com.delula.retention.faults;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.delula.retention.RetentionApplication;
import com.delula.retention.support.TestDatabase;

/** An instance of the service in a process of its own, that can be stopped and killed. */
final class ServiceProcess implements AutoCloseable {

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	private static final Pattern RUN_ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

	private static final String BASIC = "Basic " + Base64.getEncoder().encodeToString("admin:secret".getBytes());

	private final HttpClient client = HttpClient.newHttpClient();

	private final Process process;

	private final Path output;

	private ServiceProcess(Process process, Path output) {
		this.process = process;
		this.output = output;
	}

	static ServiceProcess start(TestDatabase database, String... properties) {
		return start(program(), database, properties);
	}

	/** An instance of another version. */
	static ServiceProcess startJar(Path jar, TestDatabase database, String... properties) {
		return start(List.of("-jar", jar.toString()), database, properties);
	}

	private static ServiceProcess start(List<String> program, TestDatabase database, String... properties) {
		try {
			Path output = Files.createTempFile(Path.of("target"), "service-", ".log");
			List<String> command = new ArrayList<>(
					List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
							"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx160m"));
			command.addAll(program);
			command.addAll(List.of("--server.port=0", "--logging.level.org.springframework.boot.tomcat=info",
					"--retention.backlog.cron=-", "--retention.purge.cron=-", "--retention.run.lease=5s",
					"--retention.run.batch.min-rows=1"));
			for (String property : properties) {
				// Given twice, a setting would be a list of both values.
				command.removeIf((other) -> other.startsWith("--" + property.split("=", 2)[0] + "="));
				command.add("--" + property);
			}
			ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(output.toFile());
			builder.environment().put("DATABASE_URL", database.databaseUrl());
			builder.environment().put("ADMIN_PASSWORD", "secret");
			return new ServiceProcess(builder.start(), output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The built jar where the soak names it, else the classes that are tested. */
	private static List<String> program() {
		String jar = System.getProperty("soak.jar");
		return (jar != null) ? List.of("-jar", jar)
				: List.of("-cp", mainClassPath(), RetentionApplication.class.getName());
	}

	/** Without the tests' own classes, which the service would take for its parts. */
	private static String mainClassPath() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.endsWith("test-classes"))
			.collect(Collectors.joining(File.pathSeparator));
	}

	ServiceProcess ready() {
		Await.until("the service listens: " + this.output, Duration.ofMinutes(5),
				() -> PORT.matcher(log()).find() || !this.process.isAlive());
		return this;
	}

	String log() {
		try {
			return Files.readString(this.output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Begins a run and does not wait for its end. */
	UUID begin(String path) {
		HttpResponse<String> response = post(path, "respond-async");
		Matcher id = RUN_ID.matcher(response.body());
		if (response.statusCode() != 202 || !id.find()) {
			throw new AssertionError(response.statusCode() + " " + response.body());
		}
		return UUID.fromString(id.group(1));
	}

	HttpResponse<String> post(String path, String prefer) {
		return send("POST", path, prefer);
	}

	HttpResponse<String> send(String method, String path, String prefer) {
		Matcher port = PORT.matcher(log());
		if (!port.find()) {
			throw new AssertionError("The service does not listen: " + log());
		}
		try {
			return this.client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port.group(1) + path))
				.header("Authorization", BASIC)
				.header("Prefer", prefer)
				.method(method, HttpRequest.BodyPublishers.noBody())
				.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** The power cut: no shutdown hook, no last word. */
	void kill() {
		this.process.destroyForcibly().onExit().join();
	}

	/**
	 * SIGTERM; waits for the end, which takes long while others start on two processors.
	 */
	void terminate() {
		this.process.destroy();
		this.process.onExit().orTimeout(120, TimeUnit.SECONDS).join();
	}

	long pid() {
		return this.process.pid();
	}

	/** Where it listens; 0 as long as it does not. */
	int port() {
		Matcher port = PORT.matcher(log());
		return (this.process.isAlive() && port.find()) ? Integer.parseInt(port.group(1)) : 0;
	}

	void signal(String signal) {
		signal(signal, this.process.pid());
	}

	static void signal(String signal, long pid) {
		try {
			new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().onExit().join();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		kill();
	}

}
