package com.delula.retention.password;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import com.delula.retention.password.AttemptPace.Key;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who guesses is slowed down, alone, and never locked out. */
class AttemptPaceTests {

	private static final Key GUESSER = new Key("admin", "10.0.0.1");

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);

	private final AttemptPace pace = new AttemptPace(this.nanos::get);

	private void pass(Duration time) {
		this.nanos.addAndGet(time.toNanos());
	}

	/** Guesses one after the other, each at its turn. */
	private Duration guess(int times) {
		Duration waited = Duration.ZERO;
		for (int guess = 0; guess < times; guess++) {
			Duration wait = this.pace.takeTurn(GUESSER);
			pass(wait);
			waited = waited.plus(wait);
			this.pace.failed(GUESSER);
		}
		return waited;
	}

	@Test
	void theFirstMistakesCostNothing() {
		assertThat(guess(AttemptPace.FREE)).isZero();
		assertThat(this.pace.takeTurn(GUESSER)).isEqualTo(AttemptPace.FIRST);
	}

	@Test
	void guessesTakeLongerAndLongerButNeverForEver() {
		guess(AttemptPace.FREE);
		assertThat(guess(4)).isEqualTo(Duration.ofMillis(100 + 200 + 400 + 800));
		guess(10);
		assertThat(guess(100)).isEqualTo(AttemptPace.SLOWEST.multipliedBy(100));
		assertThat(this.pace.takeTurn(GUESSER)).isEqualTo(AttemptPace.SLOWEST);
	}

	@Test
	void whoGuessesAtTheSameTimeIsRefusedAndNothingIsAddedByThat() {
		guess(AttemptPace.FREE + 20);
		this.pace.takeTurn(GUESSER);
		this.pace.takeTurn(GUESSER);
		for (int attempt = 0; attempt < 1000; attempt++) {
			assertThatThrownBy(() -> this.pace.takeTurn(GUESSER)).isInstanceOfSatisfying(TooManyAttemptsException.class,
					(many) -> assertThat(many.seconds()).isBetween(1L, 6L));
		}
		pass(Duration.ofSeconds(6));
		assertThat(this.pace.takeTurn(GUESSER)).isZero();
	}

	@Test
	void otherSourcesAndOtherUsersAreNotSlowedDown() {
		guess(100);
		assertThat(this.pace.takeTurn(new Key("admin", "10.0.0.2"))).isZero();
		assertThat(this.pace.takeTurn(new Key("olga", "10.0.0.1"))).isZero();
	}

	@Test
	void theRightPasswordAndTimeMakeItForget() {
		guess(100);
		this.pace.succeeded(GUESSER);
		assertThat(guess(AttemptPace.FREE)).isZero();
		pass(AttemptPace.MEMORY.plusNanos(1));
		assertThat(guess(AttemptPace.FREE)).isZero();
	}

	@Test
	void itRemembersOnlySoMuch() {
		for (int user = 0; user < AttemptPace.MOST * 2; user++) {
			this.pace.failed(new Key("x".repeat(90) + user, "10.0.0.1"));
		}
		assertThat(this.pace.size()).isEqualTo(AttemptPace.MOST);
		assertThat(new Key("x".repeat(10_000), "").user()).hasSize(100);
	}

	@Test
	void aNetworkOfVersionSixIsOneSource() {
		assertThat(Sources.of("2001:db8:1:2:3::4")).isEqualTo(Sources.of("2001:db8:1:2:ffff::1%eth0"))
			.isNotEqualTo(Sources.of("2001:db8:1:3::1"));
		assertThat(Sources.of("10.0.0.1")).isEqualTo("10.0.0.1");
	}

}
