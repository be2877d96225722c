package com.delula.retention.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.delula.retention.support.Answer;
import com.delula.retention.support.Api;
import com.delula.retention.support.OtherSession;
import com.delula.retention.support.Rows;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two instances on one database: the backlog cleanup is due every second on both, the
 * purge shortly after the start, and callers ask both for more.
 */
class TwoInstancesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static TestDatabase database;

	private static Service one;

	private static Service two;

	private static JdbcClient jdbc;

	private static Rows rows;

	@BeforeAll
	static void start() {
		database = TestDatabase.started();
		jdbc = database.jdbc();
		rows = database.rows();
		one = instance();
		jdbc.sql("CREATE TABLE claimed AS SELECT fired_for, fired_by FROM retention_task WITH NO DATA").update();
		jdbc.sql("""
				CREATE FUNCTION claimed() RETURNS trigger LANGUAGE plpgsql
				AS $$ BEGIN INSERT INTO claimed VALUES (NEW.fired_for, NEW.fired_by); RETURN NEW; END $$;
				CREATE TRIGGER claimed AFTER UPDATE OF fired_for ON retention_task
				FOR EACH ROW EXECUTE FUNCTION claimed();
				""").update();
		two = instance();
	}

	private static Service instance() {
		return Service.start(database, "--retention.backlog.cron=* * * * * *", "--retention.purge.cron=",
				"--retention.purge.initial-delay=100ms", "--retention.purge.interval=1h",
				"--retention.run.duty-cycle=1", "--retention.run.workers=1");
	}

	@AfterAll
	static void end() {
		one.close();
		two.close();
		database.close();
	}

	private static long count(String condition) {
		return jdbc.sql("SELECT count(*) FROM retention_run WHERE " + condition).query(Long.class).single();
	}

	@Test
	void eachSlotOfACronScheduleIsRunOnceOverBoth() {
		Awaitility.await().atMost(PATIENCE).until(() -> claims() >= 5);
		assertThat(jdbc.sql("SELECT count(*) - count(DISTINCT fired_for) FROM claimed").query(Long.class).single())
			.isZero();
		assertThat(jdbc.sql("SELECT bool_and(fired_for = date_trunc('second', fired_for)) FROM claimed")
			.query(Boolean.class)
			.single()).isTrue();
		assertThat(overlaps()).isZero();
	}

	private static long claims() {
		return jdbc.sql("SELECT count(*) FROM claimed").query(Long.class).single();
	}

	@Test
	void anIntervalFiresOnceOverBothAfterAStartTogether() {
		Instant later = Instant.now().plus(Duration.ofMinutes(30));
		Awaitility.await().atMost(PATIENCE).until(() -> next(one).isAfter(later) && next(two).isAfter(later));
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> count("task = 'job-purge' AND trigger = 'schedule' AND status <> 'running'") == 1);
	}

	private static Instant next(Service service) {
		return service.schedules()
			.stream()
			.filter((schedule) -> schedule.task().equals("job-purge"))
			.findFirst()
			.orElseThrow()
			.next();
	}

	@Test
	void aRunOnOneIsKnownToTheOther() {
		String held = rows.job().completed().age(Duration.ofDays(9)).insert();
		try (OtherSession holder = OtherSession.begin(database)) {
			holder.sql("SELECT FROM jobs WHERE id = '" + held + "' FOR UPDATE");
			CompletableFuture<Answer> first = one.api().begin(Api.PURGE);
			holder.awaitBlocked();
			JsonNode running = two.api().get(Api.RUNS + "?task=job-purge&status=running").ok().get("items").get(0);
			assertThat(two.api().post(Api.PURGE).problem(409).get("runId")).isEqualTo(running.get("id"));
			holder.commit();
			assertThat(first.join().ok().get("runId")).isEqualTo(running.get("id"));
		}
		two.api().post(Api.PURGE).ok();
	}

	@Test
	void callersOfBothNeverRunAtOnce() throws Exception {
		long before = count("task = 'job-purge'");
		List<CompletableFuture<Integer>> callers = new ArrayList<>();
		ExecutorService executor = Executors.newFixedThreadPool(4);
		for (int caller = 0; caller < 4; caller++) {
			Service service = (caller % 2 == 0) ? one : two;
			callers.add(CompletableFuture.supplyAsync(() -> ask(service), executor));
		}
		int ran = 0;
		for (CompletableFuture<Integer> caller : callers) {
			ran += caller.get(60, TimeUnit.SECONDS);
		}
		executor.shutdown();
		assertThat(count("task = 'job-purge'") - before).isEqualTo(ran).isPositive();
		assertThat(overlaps()).isZero();
		assertThat(jdbc
			.sql("SELECT (SELECT sum(amount) FROM credit_transactions) = (SELECT sum(rows_removed) FROM retention_run)")
			.query(Boolean.class)
			.single()).isTrue();
	}

	/** Purges again and again and says how often it was let. */
	private static int ask(Service service) {
		int ran = 0;
		for (int i = 0; i < 10; i++) {
			rows.job().completed().age(Duration.ofDays(9)).insertIds(20);
			Answer answer = service.api().post(Api.PURGE);
			if (answer.status() == 200) {
				ran++;
				continue;
			}
			answer.problem(409);
		}
		return ran;
	}

	private static long overlaps() {
		return jdbc.sql("""
				SELECT count(*) FROM retention_run a
				JOIN retention_run b ON a.task = b.task AND a.id <> b.id
					AND a.started_at >= b.started_at AND a.started_at < b.finished_at
				""").query(Long.class).single();
	}

	@Test
	void aScheduledRunThatFailsDoesNotStopTheNextNorTheOtherTask() {
		rows.generation().failed().age(Duration.ofDays(9)).insert(12);
		jdbc.sql("""
				CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
				AS $$ BEGIN RAISE EXCEPTION 'not now'; END $$;
				CREATE TRIGGER refuse BEFORE DELETE ON generations FOR EACH ROW EXECUTE FUNCTION refuse();
				""").update();
		rows.generation().failed().age(Duration.ofDays(9)).insert(12);
		Awaitility.await().atMost(PATIENCE).until(() -> count("status = 'failed' AND trigger = 'schedule'") >= 2);
		one.api().post(Api.PURGE).ok();
		jdbc.sql("DROP FUNCTION refuse CASCADE").update();
		Awaitility.await().atMost(PATIENCE).until(() -> rows.count("generations") == 10);
	}

}
