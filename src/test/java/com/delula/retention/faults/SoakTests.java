package com.delula.retention.faults;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.delula.retention.notify.Receiver;
import com.delula.retention.notify.Receiver.Message;
import com.delula.retention.support.PostgresServer;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three instances behind a load balancer, a platform that keeps failing, people who
 * start, pause and cancel runs, and a fault every few seconds, for half an hour or as
 * long as {@code soak.minutes} says: {@code ./mvnw -Psoak verify -Dsoak.minutes=5}.
 */
@Tag("soak")
class SoakTests {

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	/** Of all that the platform has filled in meanwhile. */
	private static final Duration LAST_RUN = Duration.ofMinutes(15);

	private static final Path TABLE = Path.of("target/soak.md");

	private final Random random = new Random(Long.getLong("soak.seed", System.nanoTime()));

	private final Map<String, Integer> tried = new TreeMap<>();

	private final SoakSamples samples = new SoakSamples();

	/** The first is never killed, so that its memory tells something. */
	private final ServiceProcess[] instances = new ServiceProcess[3];

	private PostgresServer server;

	private TestDatabase database;

	private SoakBooks books;

	private Receiver receiver;

	@Test
	void keepsItsPromisesForAsLongAsItTakes() throws IOException {
		Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "soak-");
		int port = freePort();
		this.server = PostgresServer.startIn(directory, port);
		this.receiver = Receiver.start("soak-soak-soak-soak-soak-soak");
		this.database = TestDatabase.create(this.server, Installation.EXISTING);
		try (Balancer balancer = new Balancer(this::ports)) {
			this.books = new SoakBooks(this.database);
			for (int i = 0; i < this.instances.length; i++) {
				this.instances[i] = start();
			}
			for (ServiceProcess instance : this.instances) {
				instance.ready();
			}
			SoakCallers callers = new SoakCallers(this.books, balancer.port());
			long deadline = System.nanoTime()
					+ Duration.ofSeconds(Math.round(60 * Double.parseDouble(System.getProperty("soak.minutes", "30"))))
						.toNanos();
			while (System.nanoTime() < deadline) {
				fault(directory, port);
				calm(Duration.ofMillis(1000 + this.random.nextInt(4000)));
			}
			callers.close();
			try {
				end();
			}
			finally {
				report(callers.answers());
			}
		}
		finally {
			for (ServiceProcess instance : this.instances) {
				if (instance != null) {
					instance.close();
				}
			}
			this.receiver.close();
			this.database.close();
			this.server.close();
			FileSystemUtils.deleteRecursively(directory.toFile());
		}
		assertThat(this.books.broken().values()).as(Files.readString(TABLE)).allMatch((times) -> times == 0);
	}

	private static int freePort() throws IOException {
		try (ServerSocket free = new ServerSocket(0)) {
			return free.getLocalPort();
		}
	}

	private ServiceProcess start() {
		return ServiceProcess.start(this.database, "retention.backlog.cron=0 * * * * *",
				"retention.purge.cron=30 * * * * *", "retention.run.batch.max-rows=50",
				"retention.notify.webhooks[0].url=" + this.receiver.url(),
				"retention.notify.webhooks[0].secret=" + this.receiver.secret());
	}

	private List<Integer> ports() {
		List<Integer> ports = new ArrayList<>();
		for (ServiceProcess instance : this.instances) {
			if (instance != null && instance.port() != 0) {
				ports.add(instance.port());
			}
		}
		return ports;
	}

	private void fault(Path directory, int port) {
		int victim = 1 + this.random.nextInt(2);
		int what = this.random.nextInt(20);
		if (what < 8) {
			tried("kill -9 of an instance");
			this.instances[victim].kill();
			this.instances[victim] = start();
		}
		else if (what < 12) {
			tried("SIGTERM of an instance");
			this.instances[victim].terminate();
			this.instances[victim] = start();
		}
		else if (what < 16) {
			tried("SIGSTOP of an instance past its lease");
			ServiceProcess stopped = this.instances[this.random.nextInt(3)];
			stopped.signal("STOP");
			calm(Duration.ofSeconds(8));
			stopped.signal("CONT");
		}
		else if (what < 18) {
			tried("connections of all instances cut");
			look(() -> this.books.count("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
					+ " WHERE datname = current_database() AND pid <> pg_backend_pid()"));
		}
		else {
			tried("restart of the database");
			this.server.close();
			this.server = PostgresServer.startIn(directory, port);
		}
	}

	private void tried(String what) {
		this.tried.merge(what, 1, Integer::sum);
	}

	/** Looks at the promises and at what is held on to, until the time is over. */
	private void calm(Duration time) {
		long until = System.nanoTime() + time.toNanos();
		Await.until("the next fault", time.plusMinutes(5), () -> {
			look(this.books::look);
			return System.nanoTime() > until;
		});
		look(() -> this.samples.look(this.instances[0].pid(),
				this.books.count("SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'retention-%'")
						/ 3));
	}

	private void look(Runnable look) {
		Await.until("the database answers", PATIENCE, () -> {
			try {
				look.run();
				return true;
			}
			catch (DataAccessException ex) {
				return false;
			}
		});
	}

	/** Somebody may have paused a run or made it slow; batches are small. */
	private void hurry() {
		this.database.jdbc()
			.sql("SELECT CAST(id AS text) FROM retention_run WHERE status = 'running'")
			.query(String.class)
			.list()
			.forEach((run) -> this.instances[0].send("PATCH", "/api/admin/runs/" + run + "?paused=false&dutyCycle=1",
					"wait=10"));
	}

	/** Everything is closed, and what was due is gone after one more run of each rule. */
	private void end() {
		for (ServiceProcess instance : this.instances) {
			instance.ready();
		}
		for (String path : List.of("/api/admin/backlog-cleanup/run", "/api/admin/purge")) {
			long runs = this.books.count("SELECT count(*) FROM retention_run");
			Await.until("a last run of " + path, LAST_RUN, () -> {
				hurry();
				var answer = this.instances[0].post(path, "wait=5");
				return this.books.count("SELECT count(*) FROM retention_run") > runs && answer.statusCode() == 200
						&& answer.body().contains("\"success\":true");
			});
		}
		Await.until("every run is closed", PATIENCE,
				() -> this.books.count("SELECT count(*) FROM retention_run WHERE status = 'running'") == 0);
		look(this.books::look);
		this.books.broken("due rows that are still there", this.books.due());
		this.books.broken("values that still grow", this.samples.growing());
		Map<String, Long> ids = this.receiver.of("run.failed")
			.stream()
			.collect(Collectors.groupingBy((message) -> message.json().at("/data/id").asString(), Collectors
				.mapping(Message::id, Collectors.collectingAndThen(Collectors.toSet(), (set) -> (long) set.size()))));
		this.books.broken("runs with a second notification", ids.values().stream().filter((n) -> n > 1).count());
	}

	private void report(Map<String, Integer> answers) throws IOException {
		StringBuilder table = new StringBuilder("| tried | times |\n|---|---|\n");
		this.tried.forEach((what, times) -> table.append("| %s | %d |\n".formatted(what, times)));
		table.append("| runs that began | %d |\n".formatted(this.books.count("SELECT count(*) FROM retention_run")));
		table.append("| rows removed | %d |\n"
			.formatted(this.books.count("SELECT coalesce(sum(rows_removed), 0) FROM retention_run WHERE NOT dry_run")));
		table.append("| due rows left | %d |\n".formatted(this.books.due()));
		table.append("| looks at every promise | %d |\n".formatted(this.books.looks()));
		answers.forEach((answer, times) -> table.append("| calls answered %s | %d |\n".formatted(answer, times)));
		this.books.broken("calls answered as a fault of the service",
				answers.entrySet()
					.stream()
					.filter((entry) -> entry.getKey().startsWith("5") && !entry.getKey().equals("503"))
					.mapToLong(Map.Entry::getValue)
					.sum());
		table.append("\n| promise broken: | times |\n|---|---|\n");
		this.books.broken().forEach((what, times) -> table.append("| %s | %d |\n".formatted(what, times)));
		table.append(
				"\n| of the instance that lives longest | first third | second | last | most |\n|---|---|---|---|---|\n");
		this.samples.lines().forEach((line) -> table.append(line).append('\n'));
		Files.writeString(TABLE, table);
		System.out.println(table);
	}

}
