package com.delula.retention.run.batch;

import java.time.Duration;

import com.delula.retention.run.Mode;
import com.delula.retention.run.RunProperties;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The size of a batch finds itself. */
class BatchSizerTests {

	private static BatchSizer sizer(int least, int most) {
		return new BatchSizer(batch(least, most), Mode.REGULAR, true);
	}

	private static RunProperties.Batch batch(int least, int most) {
		return new RunProperties.Batch(Duration.ofMillis(250), least, most, 500, Duration.ofSeconds(30),
				Duration.ofSeconds(2));
	}

	@Test
	void aQuickBatchIsFollowedByOneOfAtMostTwiceTheSize() {
		BatchSizer sizer = sizer(100, 10_000);
		int first = sizer.rows();
		sizer.took(first, Duration.ofMillis(1));
		assertThat(sizer.rows()).isEqualTo(2 * first);
		sizer.took(sizer.rows(), Duration.ofMillis(200));
		assertThat(sizer.rows()).isEqualTo(first * 2 * 250 / 200);
	}

	@Test
	void aSlowBatchIsFollowedByOneThatFits() {
		BatchSizer sizer = sizer(100, 10_000);
		sizer.took(2000, Duration.ofMillis(2500));
		assertThat(sizer.rows()).isEqualTo(200);
	}

	@Test
	void theBoundsHold() {
		BatchSizer sizer = sizer(100, 3000);
		for (int i = 0; i < 5; i++) {
			sizer.took(sizer.rows(), Duration.ZERO);
		}
		assertThat(sizer.rows()).isEqualTo(3000);
		for (int i = 0; i < 5; i++) {
			sizer.failed(sizer.rows());
		}
		assertThat(sizer.rows()).isEqualTo(100);
		assertThat(sizer(1, 3).rows()).isEqualTo(3);
		assertThat(sizer(5000, 6000).rows()).isEqualTo(5000);
	}

	@Test
	void aRunThatPausesHasSmallBatches() {
		BatchSizer sizer = new BatchSizer(batch(100, 10_000), Mode.REGULAR, false);
		sizer.took(500, Duration.ofMillis(1));
		assertThat(sizer.rows()).isEqualTo(500);
		assertThat(new BatchSizer(batch(100, 300), Mode.REGULAR, false).rows()).isEqualTo(300);
		assertThat(new BatchSizer(batch(1000, 3000), Mode.REGULAR, false).rows()).isEqualTo(1000);
	}

	/** Its rows cost more, and so does a batch by itself. */
	@Test
	void aRestoreThatPausesHasLargerOnes() {
		BatchSizer sizer = new BatchSizer(batch(100, 10_000), Mode.RESTORE, false);
		sizer.took(2000, Duration.ofMillis(100));
		assertThat(sizer.rows()).isEqualTo(250);
		sizer.took(250, Duration.ofSeconds(1));
		assertThat(sizer.rows()).isEqualTo(250);
		sizer.took(2500, Duration.ofMillis(10));
		assertThat(sizer.rows()).isEqualTo(500);
	}

	@Test
	void aFailureShrinksAtOnce() {
		BatchSizer sizer = sizer(100, 10_000);
		sizer.failed(2000);
		assertThat(sizer.rows()).isEqualTo(500);
	}

}
