package com.delula.retention.status;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.delula.retention.support.Answer;
import com.delula.retention.support.Api;
import com.delula.retention.support.OtherSession;
import com.delula.retention.support.Rows;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Counts neither pile up nor go on for ever nor hide what a run has done. */
class CountFaultTests {

	private static final String TABLES = "generations, jobs, upscale_jobs";

	private static final String METRICS = "/actuator/prometheus";

	/** Sessions of the service that wait for a lock: hanging counts. */
	private static final String HANGING = """
			SELECT count(*) FROM pg_stat_activity
			WHERE datname = current_database() AND wait_event_type = 'Lock' AND application_name = :name
			""";

	private static final String KILL = """
			SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
			WHERE datname = current_database() AND wait_event_type = 'Lock'
			""";

	private static final String SETTINGS = """
			SELECT current_setting('client_connection_check_interval') || ' ' || current_setting('statement_timeout')
			""";

	private static final Duration OLD = Duration.ofDays(9);

	private static TestDatabase database;

	private static JdbcClient jdbc;

	private static Service patient;

	private static Service impatient;

	private final ExecutorService callers = Executors.newCachedThreadPool();

	private Rows rows;

	@BeforeAll
	static void start() {
		database = TestDatabase.started();
		jdbc = database.jdbc();
		patient = Service.start(database, "--retention.run.duty-cycle=1");
		impatient = Service.start(database, "--retention.status.timeout=1s");
	}

	@AfterAll
	static void stop() {
		patient.close();
		impatient.close();
		database.close();
	}

	@BeforeEach
	void empty() {
		this.rows = database.rows();
		jdbc.sql("TRUNCATE generations, upscale_jobs, jobs CASCADE").update();
		// Ends an answer that is kept, as any run does.
		patient.api().post(Api.RUN).ok();
		patient.api().post(Api.PURGE).ok();
	}

	@AfterEach
	void end() {
		this.callers.shutdownNow();
	}

	private static long hanging(Service service) {
		String id = service.bean(Environment.class).getRequiredProperty("retention.instance-id");
		return jdbc.sql(HANGING).param("name", "retention-" + id).query(Long.class).single();
	}

	private static void awaitNoneHanging(Service service) {
		Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> hanging(service) == 0);
	}

	private CompletableFuture<Answer> ask(Service service, String path) {
		return CompletableFuture.supplyAsync(() -> service.api().get(path), this.callers);
	}

	@Test
	void manyCallersHaveOneCountUnderWay() {
		List<CompletableFuture<Answer>> answers = new ArrayList<>();
		try (OtherSession holder = OtherSession.begin(database).lock(TABLES)) {
			for (int i = 0; i < 10; i++) {
				answers.add(ask(patient, Api.STATUS));
				answers.add(ask(patient, Api.PURGE_STATUS));
				answers.add(ask(patient, METRICS));
			}
			holder.awaitBlocked();
			Awaitility.await()
				.during(Duration.ofSeconds(2))
				.atMost(Duration.ofSeconds(10))
				.until(() -> hanging(patient) == 1);
			holder.commit();
		}
		answers.forEach((answer) -> assertThat(answer.join().status()).isEqualTo(200));
	}

	@Test
	void aCountThatHangsIsCutOff() {
		try (OtherSession holder = OtherSession.begin(database).lock(TABLES)) {
			Answer answer = impatient.api().get(Api.STATUS);
			assertThat(answer.problem(503).get("detail").stringValue()).contains("in time");
			awaitNoneHanging(impatient);
			holder.commit();
		}
		impatient.api().get(Api.STATUS).ok();
	}

	@Test
	void aCountWhoseConnectionIsLostIsAnsweredAndNotLeftBehind() {
		try (OtherSession holder = OtherSession.begin(database).lock(TABLES)) {
			CompletableFuture<Answer> answer = ask(patient, Api.STATUS);
			holder.awaitBlocked();
			// A count for the metrics may be under way before it.
			Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
				jdbc.sql(KILL).query(Long.class).single();
				return answer.isDone();
			});
			answer.join().problem(503);
			// That of the metrics perhaps, whose turn it is now.
			assertThat(hanging(patient)).isLessThanOrEqualTo(1);
			holder.commit();
		}
		patient.api().get(Api.STATUS).ok();
	}

	/** The server is asked to notice that its client is gone, until the count ends. */
	@Test
	void aCountEndsWithItsConnection() {
		JdbcClient own = patient.bean(JdbcClient.class);
		String settings = patient.bean(Counts.class)
			.shared("settings", "backlog-cleanup", () -> own.sql(SETTINGS).query(String.class).single())
			.get();
		assertThat(settings).isEqualTo("2s 30s");
		assertThat(own.sql("SELECT current_setting('statement_timeout')").query(String.class).single()).isEqualTo("0");
	}

	@Test
	void afterARunOnOneInstanceTheOtherTellsWhatIsLeft() {
		this.rows.generation().failed().age(OLD).insert(25);
		this.rows.job().completed().age(OLD).insertIds(5);
		assertThat(failed(impatient)).isEqualTo(25);
		assertThat(dueJobs(impatient)).isEqualTo(5);
		patient.api().post(Api.RUN).ok();
		assertThat(failed(impatient)).isEqualTo(10);
		patient.api().post(Api.PURGE).ok();
		assertThat(dueJobs(impatient)).isZero();
	}

	/** It counts as ended before its caller commits. */
	@Test
	void afterTheFunctionInTheDatabaseItTellsWhatIsLeft() {
		this.rows.generation().failed().age(OLD).insert(25);
		try (OtherSession caller = OtherSession.begin(database)) {
			caller.sql("SELECT backlog_cleanup_failed_generations()");
			assertThat(failed(impatient)).isEqualTo(25);
			caller.commit();
		}
		assertThat(failed(impatient)).isEqualTo(10);
	}

	private static long failed(Service service) {
		return service.api().get(Api.STATUS).ok().get("failedGenerations").longValue();
	}

	private static long dueJobs(Service service) {
		return service.api().get(Api.PURGE_STATUS).ok().get("dueJobs").longValue();
	}

	@Test
	void whatARunDidNotComeToCountIsNull() {
		this.rows.generation().failed().age(OLD).insert(25);
		JsonNode run = cancelledWhileItCounts(Api.RUN);
		assertThat(run.get("totalFailedGenerations").isNull()).isTrue();
		assertThat(run.get("cleanedUpGenerations").longValue()).isZero();
		JsonNode dry = cancelledWhileItCounts(Api.RUN + "?dryRun=true");
		assertThat(dry.get("totalFailedGenerations").isNull()).isTrue();
		assertThat(dry.get("cleanedUpGenerations").isNull()).isTrue();
		JsonNode purge = cancelledWhileItCounts(Api.PURGE + "?dryRun=true");
		assertThat(purge.get("jobsDeleted").isNull()).isTrue();
	}

	private JsonNode cancelledWhileItCounts(String path) {
		try (OtherSession holder = OtherSession.begin(database).lock(TABLES)) {
			CompletableFuture<Answer> answer = patient.api().begin(path);
			holder.awaitBlocked();
			// What waits may be a count for the metrics, before the run has begun.
			JsonNode running = Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.until(() -> patient.api().get(Api.RUNS + "?status=running").ok().get("items").get(0),
						Objects::nonNull);
			patient.api().post(Api.RUNS + "/" + running.get("id").stringValue() + "/cancel");
			JsonNode ended = answer.join().ok();
			assertThat(ended.get("success").booleanValue()).isFalse();
			return ended;
		}
	}

}
