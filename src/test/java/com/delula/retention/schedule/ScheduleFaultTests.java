package com.delula.retention.schedule;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.WithoutWeb;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Schedules fire once over all instances, whatever happens to those and their clocks. */
@ExtendWith(OutputCaptureExtension.class)
class ScheduleFaultTests {

	private static final Duration PATIENCE = Duration.ofSeconds(40);

	private static final String ELSEWHERE = "has fired on another instance";

	private static final String EVERY_SECOND = "--retention.backlog.cron=* * * * * *";

	private static final String[] BY_INTERVAL = { "--retention.purge.cron=", "--retention.purge.interval=1h",
			"--retention.purge.initial-delay=100ms",
			"--spring.datasource.hikari.data-source-properties.ApplicationName=platform" };

	private final List<AutoCloseable> started = new ArrayList<>();

	private TestDatabase database;

	private JdbcClient jdbc;

	@BeforeEach
	void create() {
		this.database = TestDatabase.started();
		this.jdbc = this.database.jdbc();
	}

	@AfterEach
	void end() throws Exception {
		for (AutoCloseable closeable : this.started) {
			closeable.close();
		}
		this.database.close();
	}

	private Service start(String... arguments) {
		Service service = Service.startWithoutWeb(this.database, arguments);
		this.started.add(service);
		return service;
	}

	/** An instance whose clock is wrong by that much. */
	private void startWithClockOff(Duration offset, String... arguments) {
		SpringApplication application = new SpringApplication(WithoutWeb.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setRegisterShutdownHook(false);
		application.addInitializers((context) -> context.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {
			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				return name.equals("clock") ? Clock.offset((Clock) bean, offset) : bean;
			}
		}));
		List<String> all = new ArrayList<>(List.of("--retention.purge.cron=-"));
		this.database.properties().forEach((property) -> all.add("--" + property));
		all.addAll(List.of(arguments));
		ConfigurableApplicationContext context = application.run(all.toArray(String[]::new));
		this.started.add(context);
	}

	private long runs(String task) {
		return this.jdbc.sql("SELECT count(*) FROM retention_run WHERE task = :task AND trigger = 'schedule'")
			.param("task", task)
			.query(Long.class)
			.single();
	}

	private void awaitRuns(String task, int runs) {
		Awaitility.await().atMost(PATIENCE).until(() -> runs(task) >= runs);
		assertThat(runs(task)).isEqualTo(runs);
	}

	private void assertNoRun() {
		Awaitility.await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> runs("backlog-cleanup") == 0);
	}

	/** Daily, two minutes before now. */
	private String missedCron() {
		return "--retention.backlog.cron="
				+ this.jdbc.sql("SELECT to_char(now() AT TIME ZONE 'UTC' - interval '2 minutes', 'FMMI FMHH24 * * *')")
					.query(String.class)
					.single();
	}

	private void knownSinceTheDayBeforeYesterday() {
		this.jdbc.sql("UPDATE retention_task SET first_seen_at = now() - interval '2 days'").update();
	}

	@Test
	void anIntervalFiresOnceAlthoughAllConnectionsHaveOneName(CapturedOutput output) {
		start(BY_INTERVAL);
		awaitRuns("job-purge", 1);
		start(BY_INTERVAL);
		Awaitility.await().atMost(PATIENCE).until(() -> output.getOut().contains(ELSEWHERE));
		assertThat(runs("job-purge")).isEqualTo(1);
	}

	@Test
	void anIntervalFiresAfterARestart() {
		Service first = start(BY_INTERVAL);
		awaitRuns("job-purge", 1);
		first.close();
		start(BY_INTERVAL);
		awaitRuns("job-purge", 2);
	}

	/** It is certain only after a while that it is not up any more. */
	@Test
	@Tag("slow")
	void anIntervalFiresAfterAnInstanceWasKilled() {
		Service first = start(BY_INTERVAL);
		awaitRuns("job-purge", 1);
		first.close();
		this.jdbc
			.sql("INSERT INTO retention_instance (id) SELECT fired_by FROM retention_task WHERE fired_by IS NOT NULL")
			.update();
		start(BY_INTERVAL);
		awaitRuns("job-purge", 2);
	}

	@Test
	void aMissedFiringIsMadeUpForOnceAtTheNextStart(CapturedOutput output) {
		String cron = missedCron();
		start(cron);
		assertNoRun();
		this.started.forEach((service) -> ((Service) service).close());
		knownSinceTheDayBeforeYesterday();
		start(cron);
		awaitRuns("backlog-cleanup", 1);
		assertThat(output.getOut()).contains("was missed");
		start(cron);
		Awaitility.await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> runs("backlog-cleanup") == 1);
	}

	@Test
	void aScheduleThatIsNewMakesUpForNothing() {
		start("--retention.backlog.cron=0 0 1 1 *").close();
		knownSinceTheDayBeforeYesterday();
		start(missedCron());
		assertNoRun();
	}

	@Test
	void aFiringThatAClockInTheFutureClaimedIsForgotten() {
		start().close();
		this.jdbc
			.sql("UPDATE retention_task SET fired_for = now() + interval '10 years' WHERE name = 'backlog-cleanup'")
			.update();
		start(EVERY_SECOND);
		Awaitility.await().atMost(PATIENCE).until(() -> runs("backlog-cleanup") >= 2);
		assertThat(farClaims()).isZero();
	}

	@Test
	void anInstanceWhoseClockIsWrongFiresAtTheRightTimes() {
		start().close();
		this.jdbc.sql("CREATE TABLE claimed AS SELECT fired_for, now() AS at FROM retention_task WITH NO DATA")
			.update();
		this.jdbc.sql("""
				CREATE FUNCTION claimed() RETURNS trigger LANGUAGE plpgsql
				AS $$ BEGIN INSERT INTO claimed VALUES (NEW.fired_for, clock_timestamp()); RETURN NEW; END $$;
				CREATE TRIGGER claimed AFTER UPDATE OF fired_for ON retention_task
				FOR EACH ROW EXECUTE FUNCTION claimed();
				""").update();
		startWithClockOff(Duration.ofDays(3), EVERY_SECOND);
		Awaitility.await().atMost(PATIENCE).until(() -> runs("backlog-cleanup") >= 2);
		startWithClockOff(Duration.ofHours(-5), EVERY_SECOND);
		start(EVERY_SECOND);
		long before = runs("backlog-cleanup");
		Awaitility.await().atMost(PATIENCE).until(() -> runs("backlog-cleanup") >= before + 4);
		assertThat(farClaims()).isZero();
		assertThat(this.jdbc.sql("SELECT count(*) - count(DISTINCT fired_for) FROM claimed").query(Long.class).single())
			.isZero();
		assertThat(this.jdbc.sql("SELECT max(abs(extract(epoch FROM at - fired_for))) < 10 FROM claimed")
			.query(Boolean.class)
			.single()).isTrue();
	}

	private long farClaims() {
		return this.jdbc.sql("SELECT count(*) FROM retention_task WHERE fired_for > now() + interval '1 minute'")
			.query(Long.class)
			.single();
	}

}
