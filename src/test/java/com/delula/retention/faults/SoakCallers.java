package com.delula.retention.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.springframework.dao.DataAccessException;

/**
 * The platform, which keeps failing, and people who call whichever instance the balancer
 * gives them.
 */
final class SoakCallers implements AutoCloseable {

	private static final String BASIC = "Basic " + Base64.getEncoder().encodeToString("admin:secret".getBytes());

	private static final List<String> CALLS = List.of("POST /api/admin/backlog-cleanup/run", "POST /api/admin/purge",
			"POST /api/admin/rules/job-purge/run?dryRun=true", "GET /api/admin/backlog-cleanup/status",
			"GET /api/admin/purge/status", "GET /api/admin/runs", "GET /api/admin/rules/backlog-cleanup/status",
			"PATCH paused=true", "PATCH paused=false", "PATCH paused=false", "PATCH dutyCycle=1", "PATCH dutyCycle=0.1",
			"POST cancel");

	private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

	private final ExecutorService threads = Executors.newFixedThreadPool(3);

	private final Map<String, Integer> answers = new TreeMap<>();

	private final SoakBooks books;

	private final int port;

	private volatile boolean stopping;

	SoakCallers(SoakBooks books, int port) {
		this.books = books;
		this.port = port;
		this.threads.execute(this::platform);
		this.threads.execute(() -> people(1));
		this.threads.execute(() -> people(2));
	}

	private void platform() {
		while (!this.stopping) {
			try {
				this.books.fill(400);
			}
			catch (DataAccessException ex) {
				// The database is being restarted; the counter knows whether this was
				// committed.
			}
			LockSupport.parkNanos(Duration.ofMillis(400).toNanos());
		}
	}

	private void people(long seed) {
		Random random = new Random(seed);
		String run = "";
		while (!this.stopping) {
			String[] call = CALLS.get(random.nextInt(CALLS.size())).split(" ");
			String path = call[1].startsWith("/") ? call[1]
					: "/api/admin/runs" + run + (call[0].equals("POST") ? "/" + call[1] : "?" + call[1]);
			String body = send(call[0], path);
			run = body.contains("\"status\":\"running\"")
					? "/" + body.replaceFirst("(?s).*?\"id\":\"([0-9a-f-]{36})\".*", "$1") : run;
			LockSupport.parkNanos(Duration.ofMillis(50 + random.nextInt(300)).toNanos());
		}
		// Nobody leaves a run paused.
		send("PATCH", "/api/admin/runs" + run + "?paused=false");
	}

	private String send(String method, String path) {
		try {
			var response = this.client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
				.timeout(Duration.ofSeconds(20))
				.header("Authorization", BASIC)
				.header("Prefer", "respond-async")
				.method(method, HttpRequest.BodyPublishers.noBody())
				.build(), BodyHandlers.ofString());
			count(String.valueOf(response.statusCode()));
			return response.body();
		}
		catch (IOException ex) {
			count("lost");
			return "";
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return "";
		}
	}

	private synchronized void count(String answer) {
		this.answers.merge(answer, 1, Integer::sum);
	}

	/** How often which status was answered. */
	synchronized Map<String, Integer> answers() {
		return new TreeMap<>(this.answers);
	}

	@Override
	public void close() {
		this.stopping = true;
		this.threads.shutdown();
		try {
			this.threads.awaitTermination(1, TimeUnit.MINUTES);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
