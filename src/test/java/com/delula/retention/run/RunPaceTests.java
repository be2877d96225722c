package com.delula.retention.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The time left: one figure for every door, which does not jump and knows of pauses. */
class RunPaceTests {

	private static final Instant START = Instant.parse("2026-11-21T02:00:00Z");

	private static Run run(long done, long seconds, RunAction... actions) {
		return run(done, seconds, 0, null, actions);
	}

	private static Run run(long done, long seconds, long waited, @Nullable Long waitingSince, RunAction... actions) {
		return new Run(UUID.randomUUID(), "job-purge", Mode.REGULAR, Trigger.API, "admin", RunStatus.RUNNING, false,
				Map.of(), START, START, null, 1000L, done, 0, 0, Map.of(), null, null, false, 1.0,
				(waitingSince != null) ? "its next window" : null, null, List.of(actions), null, List.of(),
				Duration.ofSeconds(waited), (waitingSince != null) ? START.plusSeconds(waitingSince) : null,
				START.plusSeconds(seconds));
	}

	/** The pace is changed when so much has been done. */
	private static RunAction paced(double before, double dutyCycle, long done, long worked) {
		return new RunAction(RunAction.PACED, "admin", "api", START, Map.of("dutyCycle", String.valueOf(dutyCycle),
				"dutyCycleBefore", String.valueOf(before), "rowsDone", "" + done, "secondsWorked", worked + ".000"));
	}

	@Test
	void theTimeLeftIsTheMeanPaceRounded() {
		assertThat(run(0, 10).timeLeft()).isNull();
		assertThat(run(100, 1).timeLeft()).isNull();
		assertThat(run(500, 21).timeLeft()).isEqualTo(Duration.ofSeconds(20));
		assertThat(run(500, 22).timeLeft()).isEqualTo(Duration.ofSeconds(20));
		assertThat(run(100, 60).timeLeft()).isEqualTo(Duration.ofSeconds(540));
		assertThat(run(999, 60).timeLeft()).isEqualTo(Duration.ofSeconds(5));
		assertThat(run(500, 50).rowsPerSecond()).isEqualTo(10);
	}

	@Test
	void waitsDoNotCount() {
		Run resumed = run(500, 120, 100, null);
		assertThat(resumed.timeLeft()).isEqualTo(Duration.ofSeconds(20));
		assertThat(resumed.rowsPerSecond()).isEqualTo(25);
		Run waiting = run(500, 220, 100, 120L);
		assertThat(waiting.timeLeft()).isNull();
		assertThat(waiting.rowsPerSecond()).isNull();
	}

	/** Rows left through the time left, not the mean since the start. */
	@Test
	void theRateAgreesWithTheTimeLeft() {
		Run slowed = run(220, 105, paced(0.5, 0.1, 200, 100));
		assertThat(slowed.rowsPerSecond()).isEqualTo(3);
		assertThat(slowed.timeLeft()).isBetween(Duration.ofSeconds(290), Duration.ofSeconds(310));
		assertThat(run(0, 10).rowsPerSecond()).isNull();
	}

	/**
	 * At once by what is to be expected of the pace, and within seconds by what is seen.
	 */
	@Test
	void theTimeLeftFollowsAChangedPace() {
		RunAction slower = paced(0.5, 0.1, 200, 100);
		assertThat(run(200, 100).timeLeft()).isEqualTo(Duration.ofSeconds(400));
		assertThat(run(200, 100, slower).timeLeft()).isEqualTo(Duration.ofSeconds(1980));
		assertThat(run(202, 105, slower).timeLeft()).isEqualTo(Duration.ofSeconds(1980));
		assertThat(run(220, 105, slower).timeLeft()).isBetween(Duration.ofSeconds(290), Duration.ofSeconds(310));
		assertThat(run(260, 115, slower).timeLeft()).isBetween(Duration.ofSeconds(200), Duration.ofSeconds(230));
		RunAction faster = paced(0.1, 1, 202, 105);
		assertThat(run(202, 105, slower, faster).timeLeft()).isBetween(Duration.ofSeconds(190),
				Duration.ofSeconds(210));
		assertThat(run(300, 110, slower, faster).timeLeft()).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(60));
		assertThat(run(0, 100, paced(0.5, 0.1, 0, 1)).timeLeft()).isNull();
	}

}
