package com.delula.retention.run.batch;

import java.time.Duration;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Pauses keep the duty cycle. */
class PaceTests {

	@Test
	void fullSpeedMeansNoPause() {
		assertThat(new Pace(1, new Random(1)).pauseAfter(Duration.ofHours(1), 1)).isZero();
	}

	@Test
	void thePausesKeepTheDutyCycleOnAverageAndDiffer() {
		Pace pace = new Pace(0.25, new Random(1));
		felt(pace, 100, 1, 0);
		Duration sum = Duration.ZERO;
		Duration least = Duration.ofDays(1);
		Duration most = Duration.ZERO;
		for (int i = 0; i < 10_000; i++) {
			Duration pause = pace.pauseAfter(Duration.ofMillis(100), 1);
			sum = sum.plus(pause);
			least = (pause.compareTo(least) < 0) ? pause : least;
			most = (pause.compareTo(most) > 0) ? pause : most;
		}
		assertThat(sum.dividedBy(10_000)).isBetween(Duration.ofMillis(298), Duration.ofMillis(302));
		assertThat(least).isBetween(Duration.ofMillis(240), Duration.ofMillis(245));
		assertThat(most).isBetween(Duration.ofMillis(355), Duration.ofMillis(360));
	}

	/** Tells a pace the same again and again. */
	private static void felt(Pace pace, int times, double perRow, double othersPerSecond) {
		for (int i = 0; i < times; i++) {
			pace.heed(perRow, othersPerSecond);
		}
	}

	@Test
	void besideOthersItTakesHalfOfTheDutyCycle() {
		Pace pace = new Pace(0.5, new Random(1));
		assertThat(pace.pause()).as("before anything is known").isEqualTo(3);
		felt(pace, 100, 1, 150);
		assertThat(pace.pause()).isEqualTo(3);
		felt(pace, 100, 1, 0);
		assertThat(pace.pause()).isEqualTo(1);
	}

	@Test
	void whileItsRowsTakeLongerItTakesLessDownToAQuarter() {
		Pace pace = new Pace(0.5, new Random(1));
		felt(pace, 100, 1, 0);
		felt(pace, 1, 4, 0);
		assertThat(pace.pause()).isCloseTo(1.5, within(0.01));
		felt(pace, 20, 4, 0);
		assertThat(pace.pause()).isCloseTo(7, within(0.01));
		felt(pace, 100, 1, 0);
		assertThat(pace.pause()).isEqualTo(1);
	}

}
