package com.delula.retention.settings;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;

import com.delula.retention.support.Api;
import com.delula.retention.support.Rows;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** A service that is set up by the environment's names alone does as they say. */
@ExtendWith(OutputCaptureExtension.class)
class ConfiguredServiceTests {

	@Test
	void everyNameHasItsEffect(CapturedOutput output) {
		try (TestDatabase database = TestDatabase.create(Installation.NEW);
				Service service = Service.startWithout(database,
						"--DATABASE_URL=" + database.databaseUrl() + "?connect_timeout=7", "--ADMIN_USERNAME=root",
						"--ADMIN_PASSWORD=s3cret", "--BACKLOG_USER_ID=robot", "--CLEANUP_AGE_HOURS=2",
						"--MAX_FAILED_GENERATIONS_PER_RECIPE=3", "--retention.backlog.cron=15 3 * * *",
						"--PURGE_MAX_AGE_HOURS=0", "--retention.purge.cron=", "--PURGE_INTERVAL_HOURS=5",
						"--PURGE_INITIAL_DELAY_SECONDS=7200")) {
			Rows rows = database.rows();
			rows.user("system_backlog");
			List<Long> others = rows.generation().failed().age(Duration.ofDays(3)).insert(5);
			List<Long> young = rows.generation().user("robot").failed().age(Duration.ofMinutes(119)).insert(4);
			rows.generation().user("robot").failed().age(Duration.ofMinutes(121)).insert(2);
			rows.job().completed().insert();
			Api api = service.api().as("root", "s3cret");
			api.post(Api.RUN).ok();
			assertThat(rows.generationIds()).containsAll(others).containsAll(young).hasSize(9);
			JsonNode purge = api.post(Api.PURGE).ok();
			assertThat(purge.get("maxAgeHours").longValue()).isZero();
			assertThat(purge.get("jobsDeleted").longValue()).isEqualTo(1);
			assertThat(
					database.jdbc().sql("SELECT DISTINCT user_id FROM credit_transactions").query(String.class).list())
				.containsExactly("robot");
			service.api().get(Api.STATUS).problem(401);
			assertSchedules(service);
			assertThat(output.getAll()).contains("Schedule of backlog-cleanup", "Schedule of job-purge")
				.contains("Purge complete: 1 jobs, 0 upscale jobs deleted")
				.doesNotContain("s3cret");
		}
	}

	private static void assertSchedules(Service service) {
		assertThat(service.schedules()).hasSize(2).allSatisfy((schedule) -> {
			if (schedule.task().equals("backlog-cleanup")) {
				assertThat(schedule.next().atZone(ZoneOffset.UTC).toLocalTime()).isEqualTo(LocalTime.of(3, 15));
				return;
			}
			assertThat(schedule.interval()).isEqualTo(Duration.ofHours(5));
			assertThat(schedule.next()).isBetween(Instant.now().plus(Duration.ofMinutes(110)),
					Instant.now().plus(Duration.ofMinutes(121)));
		});
	}

	@Test
	void withoutAPasswordOneIsMadeUpAndSaidOnce(CapturedOutput output) {
		try (TestDatabase database = TestDatabase.create(Installation.EXISTING);
				Service service = Service.startWithout(database, "--spring.datasource.url=" + database.jdbcUrl(),
						"--spring.datasource.username=" + database.username(),
						"--spring.datasource.password=" + database.password(), "--PURGE_SCHEDULE=0 4 * * *",
						"--retention.purge.cron=0 4 * * *")) {
			List<String> said = output.getAll().lines().filter((line) -> line.contains("ADMIN_PASSWORD")).toList();
			assertThat(said).hasSize(1);
			String password = said.get(0).replaceAll(".* is ", "").trim();
			assertThat(password).hasSizeGreaterThan(15);
			service.api().as("admin", password).get(Api.STATUS).ok();
			assertThat(service.schedules()).singleElement()
				.satisfies((schedule) -> assertThat(schedule.next().atZone(ZoneOffset.UTC).toLocalTime())
					.isEqualTo(LocalTime.of(4, 0)));
		}
	}

}
