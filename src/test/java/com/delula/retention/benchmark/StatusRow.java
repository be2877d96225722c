package com.delula.retention.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The backlog's status on five million rows, asked for by twenty callers at once. */
final class StatusRow {

	private static final String DATABASE = "measured";

	private static final int CALLERS = 20;

	private static final long DURATION = TimeUnit.SECONDS.toNanos(30);

	/** Without one, twenty callers keep two processors busy with nothing but answers. */
	private static final Duration PAUSE = Duration.ofMillis(50);

	private static final String COUNTING = """
			SELECT count(*)
			FROM pg_stat_activity
			WHERE datname = 'measured' AND backend_type = 'client backend' AND state = 'active'
				AND pid <> pg_backend_pid()
				AND query ILIKE '%from generations%'
			""";

	private final BenchmarkServer server;

	private final Report report;

	private volatile boolean ended;

	private volatile int mostCounting;

	StatusRow(BenchmarkServer server, Report report) {
		this.server = server;
		this.report = report;
	}

	void measure() throws Exception {
		Dataset.TENFOLD.create(this.server);
		this.server.copy(Dataset.TENFOLD.name(), DATABASE);
		try (ServiceProcess service = ServiceProcess.start(this.server, DATABASE, Map.of())) {
			service.get("/api/admin/backlog-cleanup/status");
			measure(service, TimeUnit.SECONDS.toNanos(10), Duration.ZERO);
			Samples latencies = measure(service, DURATION, Duration.ZERO);
			Samples relaxed = measure(service, DURATION, PAUSE);
			this.report.note(String.format(Locale.ROOT,
					"GET status, the same callers with %d ms between an answer and the next call: p99 %.1f ms, %,d calls/s",
					PAUSE.toMillis(), relaxed.quantile(0.99),
					relaxed.sorted().size() / TimeUnit.NANOSECONDS.toSeconds(DURATION)));
			double p99 = latencies.quantile(0.99);
			this.report.row("GET status on 5,000,000 backlog rows, p99 under 20 callers",
					String.format(Locale.ROOT, "%.1f ms; %,d calls/s; at most %d counting", p99,
							latencies.sorted().size() / TimeUnit.NANOSECONDS.toSeconds(DURATION), this.mostCounting),
					"", "", "≤ 20 ms, 1 counting", (p99 <= 20 && this.mostCounting <= 1) ? "yes" : "**no**");
		}
	}

	private Samples measure(ServiceProcess service, long duration, Duration pause) throws Exception {
		Samples latencies = new Samples();
		this.ended = false;
		List<Thread> threads = new ArrayList<>(List.of(new Thread(this::watch)));
		for (int i = 0; i < CALLERS; i++) {
			threads.add(new Thread(() -> call(service, duration, pause, latencies)));
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads.subList(1, threads.size())) {
			thread.join();
		}
		this.ended = true;
		threads.get(0).join();
		return latencies;
	}

	private void watch() {
		try (Connection connection = this.server.connect("postgres");
				Statement statement = connection.createStatement()) {
			while (!this.ended) {
				try (ResultSet rows = statement.executeQuery(COUNTING)) {
					rows.next();
					this.mostCounting = Math.max(this.mostCounting, rows.getInt(1));
				}
				Thread.sleep(2);
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A bare socket, because a client library would take the processor from the service.
	 */
	private static void call(ServiceProcess service, long duration, Duration pause, Samples latencies) {
		URI address = URI.create(service.address());
		byte[] request = ("GET /api/admin/backlog-cleanup/status HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
				+ ServiceProcess.AUTHORIZATION + "\r\n\r\n")
			.getBytes(StandardCharsets.US_ASCII);
		byte[] buffer = new byte[1 << 16];
		long until = System.nanoTime() + duration;
		try {
			while (System.nanoTime() < until) {
				try (Socket socket = new Socket(address.getHost(), address.getPort())) {
					socket.setTcpNoDelay(true);
					call(socket, request, buffer, until, pause, latencies);
				}
			}
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Until the server has had enough of the connection, as it has after some calls. */
	private static void call(Socket socket, byte[] request, byte[] buffer, long until, Duration pause,
			Samples latencies) throws IOException, InterruptedException {
		InputStream in = socket.getInputStream();
		boolean open = true;
		for (long begun = System.nanoTime(); open && begun < until; begun = System.nanoTime()) {
			socket.getOutputStream().write(request);
			open = readAnswer(in, buffer);
			latencies.add((System.nanoTime() - begun) / 1e6);
			Thread.sleep(pause.toMillis());
		}
	}

	/**
	 * Reads as far as Content-Length says, or else to the last chunk.
	 * @return whether the connection stays open
	 */
	private static boolean readAnswer(InputStream in, byte[] buffer) throws IOException {
		int length = in.read(buffer);
		String head = new String(buffer, 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
		if (!head.startsWith("HTTP/1.1 200")) {
			throw new IOException("Not 200: " + head.lines().findFirst().orElse("closed"));
		}
		int body = head.indexOf("\r\n\r\n") + 4;
		boolean open = !head.substring(0, body).contains("Connection: close");
		int at = head.toLowerCase(Locale.ROOT).indexOf("\r\ncontent-length:");
		if (at >= 0) {
			String size = head.substring(at + 17, head.indexOf("\r\n", at + 2)).strip();
			in.skipNBytes(Math.max(0, Integer.parseInt(size) - (length - body)));
			return open;
		}
		String tail = head;
		while (!tail.endsWith("\r\n0\r\n\r\n")) {
			length = in.read(buffer);
			String read = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
			tail = tail.substring(Math.max(0, tail.length() - 7)) + read;
		}
		return open;
	}

}
