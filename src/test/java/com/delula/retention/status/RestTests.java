package com.delula.retention.status;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Counts that nobody waits for take at most a tenth of the time. */
class RestTests {

	private final Rest rest = new Rest();

	@Test
	void afterACountThatTookLongNoneBegins() {
		assertThat(this.rest.tryBegin()).isTrue();
		assertThat(this.rest.tryBegin()).isFalse();
		this.rest.end(Duration.ofMinutes(1).toNanos());
		assertThat(this.rest.tryBegin()).isFalse();
	}

	@Test
	void whoWaitsBeginsAfterNineTimesAsLong() {
		assertThat(this.rest.tryBegin()).isTrue();
		CompletableFuture<Long> waiting = CompletableFuture.supplyAsync(this::begun);
		long ended = System.nanoTime();
		this.rest.end(Duration.ofMillis(50).toNanos());
		long begun = waiting.join();
		assertThat(Duration.ofNanos(begun - ended)).isGreaterThanOrEqualTo(Duration.ofMillis(450));
		this.rest.end(0);
		Awaitility.await().until(this.rest::tryBegin);
	}

	private long begun() {
		try {
			this.rest.begin();
			return System.nanoTime();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
