package com.delula.retention.status;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Many callers share one count that is never too old. */
class FreshCountTests {

	private final ExecutorService executor = Executors.newSingleThreadExecutor();

	private final ExecutorService callers = Executors.newCachedThreadPool();

	private final AtomicLong clock = new AtomicLong();

	private final AtomicInteger counts = new AtomicInteger();

	private final AtomicReference<String> lastRun = new AtomicReference<>("one");

	@AfterEach
	void end() {
		this.executor.shutdownNow();
		this.callers.shutdownNow();
	}

	private FreshCount<Integer> counter() {
		return counter(this.counts::incrementAndGet, this.executor);
	}

	private FreshCount<Integer> counter(Supplier<Integer> count, ExecutorService threads) {
		return new FreshCount<>(() -> {
			String run = this.lastRun.get();
			return new Counted<>(count.get(), run);
		}, this.lastRun::get, new Rest(), this.clock::get, threads);
	}

	private void pass(Duration time) {
		this.clock.addAndGet(time.toNanos());
	}

	@Test
	void anAnswerIsSharedUntilItIsFiveSecondsOld() {
		FreshCount<Integer> counter = counter();
		assertThat(counter.get()).isEqualTo(1);
		pass(Duration.ofMillis(2900));
		assertThat(counter.get()).isEqualTo(1);
		pass(Duration.ofMillis(2100));
		assertThat(counter.get()).isEqualTo(2);
	}

	@Test
	void theNextIsBegunAheadWhileTheLastIsHandedOut() {
		FreshCount<Integer> counter = counter();
		counter.get();
		pass(Duration.ofMillis(3500));
		assertThat(counter.get()).isEqualTo(1);
		Awaitility.await().until(() -> counter.get() == 2);
		assertThat(this.counts).hasValue(2);
	}

	/** One that took a second, which nobody waits for, would be due after ten. */
	@Test
	void aSlowCountIsNotBegunAheadForAFewCallers() {
		FreshCount<Integer> counter = counter(this::slowCount, this.executor);
		counter.get();
		pass(Duration.ofMillis(3900));
		assertThat(counter.get()).isEqualTo(1);
		assertThat(this.counts).hasValue(1);
	}

	@Test
	void aSlowCountIsBegunAheadForMany() {
		FreshCount<Integer> counter = counter(this::slowCount, this.executor);
		counter.get();
		pass(Duration.ofMillis(3000));
		for (int i = 0; i < 60; i++) {
			assertThat(counter.get()).isBetween(1, 2);
		}
		Awaitility.await().untilAtomic(this.counts, Matchers.is(2));
	}

	private int slowCount() {
		pass(Duration.ofSeconds(1));
		return this.counts.incrementAndGet();
	}

	@Test
	void aRunThatEndedElsewhereMakesTheAnswerOld() {
		FreshCount<Integer> counter = counter();
		assertThat(counter.get()).isEqualTo(1);
		this.lastRun.set("two");
		assertThat(counter.get()).isEqualTo(2);
		assertThat(counter.get()).isEqualTo(2);
	}

	@Test
	void nothingIsCountedWhileNobodyAsks() {
		FreshCount<Integer> counter = counter();
		counter.get();
		pass(Duration.ofHours(1));
		assertThat(this.counts).hasValue(1);
		assertThat(counter.get()).isEqualTo(2);
	}

	@Test
	void manyCallersWaitForOneCount() throws Exception {
		CountDownLatch gate = new CountDownLatch(1);
		AtomicInteger atOnce = new AtomicInteger();
		FreshCount<Integer> counter = counter(() -> {
			atOnce.incrementAndGet();
			await(gate);
			return this.counts.incrementAndGet();
		}, Executors.newCachedThreadPool());
		List<CompletableFuture<Integer>> answers = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			answers.add(CompletableFuture.supplyAsync(counter::get, this.callers));
		}
		Awaitility.await().until(() -> atOnce.get() == 1);
		gate.countDown();
		for (CompletableFuture<Integer> answer : answers) {
			assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(1);
		}
		assertThat(atOnce).hasValue(1);
	}

	@Test
	void whatIsForgottenIsCountedAgain() {
		FreshCount<Integer> counter = counter();
		counter.get();
		counter.invalidate();
		assertThat(counter.get()).isEqualTo(2);
	}

	@Test
	void aCountThatWasUnderWayWhenTheRowsChangedIsNotHandedOut() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch gate = new CountDownLatch(1);
		FreshCount<Integer> counter = counter(() -> {
			int number = this.counts.incrementAndGet();
			begun.countDown();
			await(gate);
			return number;
		}, this.executor);
		CompletableFuture<Integer> early = CompletableFuture.supplyAsync(counter::get, this.callers);
		begun.await();
		counter.invalidate();
		CompletableFuture<Integer> late = CompletableFuture.supplyAsync(counter::get, this.callers);
		gate.countDown();
		assertThat(late.get(10, TimeUnit.SECONDS)).isEqualTo(2);
		assertThat(early.get(10, TimeUnit.SECONDS)).isEqualTo(1);
		assertThat(counter.get()).isEqualTo(2);
	}

	@Test
	void aCountThatFailsIsToldAndTriedAgain() {
		FreshCount<Integer> counter = counter(() -> {
			if (this.counts.incrementAndGet() == 1) {
				throw new IllegalStateException("the database is away");
			}
			return this.counts.get();
		}, this.executor);
		assertThatThrownBy(counter::get).isInstanceOf(IllegalStateException.class).hasMessage("the database is away");
		assertThat(counter.get()).isEqualTo(2);
	}

	private static void await(CountDownLatch gate) {
		try {
			gate.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
