package com.delula.retention.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;

import com.delula.retention.support.Api;
import com.delula.retention.support.Rows;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What goes does not depend on the zone of the JVM or of the session. */
class TimeZoneTests {

	private final TimeZone zone = TimeZone.getDefault();

	@AfterEach
	void restore() {
		TimeZone.setDefault(this.zone);
	}

	@ParameterizedTest
	@CsvSource({ "Pacific/Kiritimati,Pacific/Pago_Pago", "Pacific/Pago_Pago,Pacific/Kiritimati" })
	void theSameRowsGo(String jvm, String session) {
		TimeZone.setDefault(TimeZone.getTimeZone(jvm));
		try (TestDatabase database = TestDatabase.create(Installation.EXISTING);
				Service service = Service.start(database,
						"--spring.datasource.hikari.connection-init-sql=SET TIME ZONE '" + session + "'")) {
			Rows rows = database.rows();
			List<Long> kept = new ArrayList<>(rows.generation().failed().age(Duration.ofMinutes(1)).insert(10));
			kept.add(rows.generation().failed().age(Duration.ofHours(24).minusMinutes(1)).insert());
			rows.generation().failed().age(Duration.ofHours(24).plusMinutes(1)).insert();
			String young = rows.job().completed().age(Duration.ofHours(48).minusMinutes(1)).insert();
			rows.job().completed().age(Duration.ofHours(48).plusMinutes(1)).insert();
			JsonNode answer = service.api().post(Api.RUN).ok();
			service.api().post(Api.PURGE).ok();
			assertThat(rows.generationIds()).isEqualTo(kept);
			assertThat(rows.jobIds()).containsExactly(young);
			assertThat(Instant.parse(answer.get("cutoff").stringValue()))
				.isCloseTo(rows.now().minus(Duration.ofHours(24)), within(Duration.ofMinutes(1)));
			assertTimesAreUtc(service, rows);
		}
	}

	private static void assertTimesAreUtc(Service service, Rows rows) {
		JsonNode oldest = service.api().get(Api.STATUS).ok().get("recipesWithFailedGenerations").get(0);
		assertThat(Instant.parse(oldest.get("oldestFailedAt").stringValue()))
			.isCloseTo(rows.now().minus(Duration.ofHours(24).minusMinutes(1)), within(Duration.ofMinutes(1)));
		assertThat(service.jdbc()
			.sql("SELECT bool_and(created_at - (now() AT TIME ZONE 'utc') BETWEEN INTERVAL '-1 minute' "
					+ "AND INTERVAL '0') FROM credit_transactions")
			.query(Boolean.class)
			.single()).isTrue();
		assertThat(service.jdbc()
			.sql("SELECT bool_and(started_at BETWEEN now() - INTERVAL '1 minute' AND now()) FROM retention_run")
			.query(Boolean.class)
			.single()).isTrue();
	}

}
