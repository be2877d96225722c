package com.delula.retention.run;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

import com.delula.retention.run.history.Firing;
import com.delula.retention.run.history.RunLog;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A firing is claimed once, by whom it was claimed whatever becomes of the answer. */
class FiringTests {

	static Stream<Firing> firings() {
		return Stream.of(Firing.at(Instant.parse("2026-11-27T02:00:00Z")), Firing.after(Duration.ofHours(1)));
	}

	@ParameterizedTest
	@MethodSource("firings")
	void aClaimWhoseAnswerWasLostIsStillTheInstances(Firing firing) {
		try (TestDatabase database = TestDatabase.started(); Service service = Service.startWithoutWeb(database)) {
			RunLog log = service.bean(RunLog.class);
			assertThat(log.claim("job-purge", firing)).isTrue();
			assertThat(log.claim("job-purge", firing)).isFalse();
			database.jdbc().sql("UPDATE retention_task SET fired_at = fired_at - interval '10 seconds'").update();
			assertThat(log.claim("job-purge", firing.inDoubt())).isTrue();
			database.jdbc().sql("UPDATE retention_task SET fired_by = 'another'").update();
			assertThat(log.claim("job-purge", firing.inDoubt())).isFalse();
		}
	}

}
