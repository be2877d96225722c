package com.delula.retention.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The time left: one figure for every door, which does not jump and knows of pauses. */
class RunPaceTests {

	private static final Instant START = Instant.parse("2026-11-21T02:00:00Z");

	private static Run run(long done, long seconds, RunAction... actions) {
		boolean paused = actions.length == 1;
		return new Run(UUID.randomUUID(), "job-purge", Mode.REGULAR, Trigger.API, "admin", RunStatus.RUNNING, false,
				Map.of(), START, START, null, 1000L, done, 0, 0, Map.of(), null, null, paused, 1.0, null, null,
				List.of(actions), null, List.of(), START.plusSeconds(seconds));
	}

	private static RunAction action(String action, long second) {
		return new RunAction(action, "admin", "api", START.plusSeconds(second), Map.of());
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
	void pausesDoNotCount() {
		Run resumed = run(500, 120, action(RunAction.PAUSED, 10), action(RunAction.RESUMED, 110));
		assertThat(resumed.timeLeft()).isEqualTo(Duration.ofSeconds(20));
		assertThat(resumed.rowsPerSecond()).isEqualTo(25);
		Run paused = run(500, 120, action(RunAction.PAUSED, 20));
		assertThat(paused.timeLeft()).isNull();
		assertThat(paused.rowsPerSecond()).isEqualTo(25);
	}

}
