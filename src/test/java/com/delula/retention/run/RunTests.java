package com.delula.retention.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a run says of itself, to the log and at every door. */
class RunTests {

	private static final Instant START = Instant.parse("2026-11-21T02:00:00Z");

	private static final Instant UNTIL = START.plus(Duration.ofDays(7));

	private static Run run(Mode mode, boolean dryRun, RunStatus status, long removed, RunAction... actions) {
		return new Run(UUID.randomUUID(), "job-purge", mode, Trigger.API, "admin", status, dryRun, Map.of(), START,
				START, null, 5L, removed, 0, 0, Map.of(), null, null, false, 1.0, null, null, List.of(actions), UNTIL,
				List.of(), Duration.ZERO, null, START);
	}

	@ParameterizedTest
	@CsvSource({ "REGULAR,false,run", "REGULAR,true,dry run", "EMERGENCY,false,emergency",
			"EMERGENCY,true,emergency dry run", "RESTORE,false,restore", "RESTORE,true,restore dry run" })
	void isOfAKind(Mode mode, boolean dryRun, String kind) {
		assertThat(run(mode, dryRun, RunStatus.RUNNING, 0).kind()).isEqualTo(kind);
	}

	@Test
	void canBeRestoredWhileRowsAreLeft() {
		assertThat(run(Mode.REGULAR, false, RunStatus.RUNNING, 0).restorableUntil()).isEqualTo(UNTIL);
		assertThat(run(Mode.REGULAR, false, RunStatus.SUCCEEDED, 5).restorableUntil()).isEqualTo(UNTIL);
		assertThat(run(Mode.REGULAR, false, RunStatus.SUCCEEDED, 0).restorableUntil()).isNull();
		assertThat(run(Mode.RESTORE, false, RunStatus.SUCCEEDED, -5).restorableUntil()).isNull();
		RunAction restored = new RunAction(RunAction.RESTORED, "admin", "api", START, Map.of("rows", "5"));
		assertThat(run(Mode.REGULAR, false, RunStatus.SUCCEEDED, 5, restored).restorableUntil()).isNull();
	}

	@Test
	void aPaceIsToldAsAPercentage() {
		Map<String, String> details = Map.of(RunAction.DUTY_CYCLE, "0.25");
		assertThat(new RunAction(RunAction.PACED, "admin", "api", START, details).what()).isEqualTo("paced to 25%");
		assertThat(new RunAction(RunAction.PAUSED, "admin", "api", START, Map.of()).what()).isEqualTo("paused");
	}

}
