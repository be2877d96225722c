package com.delula.retention.pgcron;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import com.delula.retention.RetentionApplication;
import com.delula.retention.backlog.BacklogCleanup;
import com.delula.retention.cli.CommandLineRunner;
import com.delula.retention.run.TaskSchedule;
import com.delula.retention.support.InstalledServer;
import com.delula.retention.support.Rows;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** The real pg_cron: installed, fired, looked at and removed through the command line. */
@EnabledIf(value = "installed", disabledReason = "pg_cron is not installed: apt-get install postgresql-15-cron")
class PgCronTests {

	private static InstalledServer server;

	static boolean installed() {
		return InstalledServer.has("pg_cron");
	}

	@BeforeAll
	static void start() throws Exception {
		server = InstalledServer.start("shared_preload_libraries=pg_cron", "cron.use_background_workers=on",
				"cron.database_name=platform");
		for (String database : List.of("platform", "second")) {
			client("postgres").sql("CREATE DATABASE " + database).update();
			client(database).sql(TestDatabase.resource("platform.sql")).update();
		}
	}

	@AfterAll
	static void stop() throws Exception {
		server.close();
	}

	private static JdbcClient client(String database) {
		return server.client(database);
	}

	private static List<String> settings(String database, String user) {
		return List.of("spring.datasource.url=" + server.jdbcUrl(database), "spring.datasource.username=" + user);
	}

	@Test
	void theJobIsInstalledFiredShownAndRemoved() throws Exception {
		throughItsLife("platform");
	}

	/** pg_cron keeps its jobs in another database of the same server. */
	@Test
	@Tag("slow")
	void theSameFromAnotherDatabase() throws Exception {
		throughItsLife("second");
	}

	private static void throughItsLife(String database) throws Exception {
		client("platform").sql("CREATE EXTENSION IF NOT EXISTS pg_cron").update();
		JdbcClient jdbc = client(database);
		CommandLineRunner cli = new CommandLineRunner(settings(database, "postgres"));
		assertThat(cli.run("pg-cron", "install")).as(cli.err()).isZero();
		assertThat(cli.out()).contains("backlog-cleanup-daily", "0 2 * * *", "T02:00:00Z");
		assertThat(cli.run("pg-cron", "install")).as("twice is once").isZero();
		assertThat(client("platform").sql("SELECT schedule, database FROM cron.job").query().listOfRows())
			.containsExactly(Map.of("schedule", "0 2 * * *", "database", database));
		Rows rows = new Rows(jdbc);
		rows.clear();
		rows.generation().failed().age(Duration.ofDays(3)).insert(25);
		try (ConfigurableApplicationContext service = service(database)) {
			standsAside(service);
			fire();
			await(() -> jdbc.sql("SELECT count(*) FROM retention_run").query(Long.class).single() == 1);
			assertThat(rows.generationIds()).hasSize(10);
			assertThat(jdbc.sql("SELECT trigger, actor, status, rows_removed FROM retention_run").query().singleRow())
				.isEqualTo(
						Map.of("trigger", "database", "actor", "postgres", "status", "succeeded", "rows_removed", 15L));
			await(() -> cli.run("pg-cron", "status") == 0 && cli.out().contains("succeeded"));
			assertThat(cli.out()).contains("SELECT 1", "backlog_cleanup_failed_generations()");
			assertThat(cli.run("pg-cron", "remove")).isZero();
			assertThat(service.getBean(PgCron.class).active(BacklogCleanup.NAME)).isEmpty();
		}
		assertThat(cli.run("pg-cron", "status")).isZero();
		assertThat(cli.out()).contains("There is no job");
		assertThat(cli.run("pg-cron", "remove")).isZero();
		assertThat(client("platform").sql("SELECT count(*) FROM cron.job").query(Long.class).single()).isZero();
	}

	private static ConfigurableApplicationContext service(String database) {
		List<String> all = new ArrayList<>(
				List.of("--server.port=0", "--ADMIN_PASSWORD=" + Service.PASSWORD, "--retention.purge.cron=-"));
		settings(database, "postgres").forEach((setting) -> all.add("--" + setting));
		SpringApplication application = new SpringApplication(RetentionApplication.class);
		application.setRegisterShutdownHook(false);
		return application.run(all.toArray(String[]::new));
	}

	private static void standsAside(ConfigurableApplicationContext service) {
		TaskSchedule schedule = Service.schedules(service).get(0);
		assertThat(schedule.text()).contains("pg_cron's job 'backlog-cleanup-daily'", "is inactive");
		assertThat(schedule.next()).isEqualTo(service.getBean(PgCron.class).next());
	}

	/** pg_cron looks at its jobs once a minute; this has the job fire at the next. */
	private static void fire() {
		client("platform").sql("UPDATE cron.job SET schedule = '* * * * *'").update();
	}

	private static void await(BooleanSupplier condition) throws Exception {
		long since = System.nanoTime();
		Object clock = new Object();
		while (!condition.getAsBoolean()) {
			assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofMinutes(3));
			synchronized (clock) {
				clock.wait(200);
			}
		}
	}

	@Test
	void whatIsMissingIsNamed() {
		JdbcClient second = client("second");
		second.sql("DROP ROLE IF EXISTS modest").update();
		CommandLineRunner owner = new CommandLineRunner(settings("second", "postgres"));
		assertThat(owner.run("status")).as(owner.err()).isZero();
		client("platform").sql("DROP EXTENSION IF EXISTS pg_cron").update();
		assertThat(owner.run("pg-cron", "install")).isEqualTo(1);
		assertThat(owner.err()).contains("CREATE EXTENSION pg_cron");
		client("platform").sql("CREATE EXTENSION pg_cron").update();
		second.sql("CREATE ROLE modest LOGIN").update();
		second.sql("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO modest").update();
		second.sql("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO modest").update();
		CommandLineRunner modest = new CommandLineRunner(settings("second", "modest"));
		assertThat(modest.run("pg-cron", "install")).isEqualTo(1);
		assertThat(modest.err()).contains("GRANT EXECUTE ON FUNCTION public.backlog_cleanup_failed_generations()");
		second.sql("GRANT EXECUTE ON FUNCTION backlog_cleanup_failed_generations() TO modest").update();
		assertThat(modest.run("pg-cron", "install")).isEqualTo(1);
		assertThat(modest.err()).contains("GRANT pg_read_all_settings TO modest");
		second.sql("GRANT pg_read_all_settings TO modest").update();
		assertThat(modest.run("pg-cron", "install")).isEqualTo(1);
		assertThat(modest.err()).contains("GRANT USAGE ON SCHEMA cron TO modest", "cron.schedule_in_database");
		assertThat(modest.run("pg-cron", "status")).isEqualTo(1);
	}

}
