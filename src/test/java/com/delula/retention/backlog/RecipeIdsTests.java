package com.delula.retention.backlog;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.dao.TransientDataAccessResourceException;

import static org.assertj.core.api.Assertions.assertThat;

/** Recipe ids are of any integer or text type, and the type may change. */
class RecipeIdsTests {

	private final AtomicLong time = new AtomicLong();

	@ParameterizedTest
	@CsvSource({ "smallint,32767", "smallint,-32768", "integer,2147483647", "integer,-2147483648", "integer,0",
			"bigint,9223372036854775807", "bigint,-9223372036854775808" })
	void numbers(String type, String id) {
		assertThat(new RecipeIds(() -> type, this.time::get).json(id)).isEqualTo(Long.valueOf(id));
	}

	@ParameterizedTest
	@ValueSource(strings = { "text", "character varying", "uuid" })
	void texts(String type) {
		RecipeIds ids = new RecipeIds(() -> type, this.time::get);
		assertThat(ids.json("0016")).isEqualTo("0016");
		assertThat(ids.json(null)).isNull();
	}

	@Test
	void aTypeThatChangesIsFollowedWithinAMinute() {
		AtomicReference<String> type = new AtomicReference<>("integer");
		RecipeIds ids = new RecipeIds(type::get, this.time::get);
		type.set("text");
		assertThat(ids.json("16")).isEqualTo(16L);
		assertThat(ids.json("cat")).isEqualTo("cat");
		this.time.addAndGet(TimeUnit.SECONDS.toNanos(61));
		assertThat(ids.json("16")).isEqualTo("16");
	}

	@Test
	void theTypeSeenLastHoldsWhileTheDatabaseIsAway() {
		AtomicReference<String> type = new AtomicReference<>("integer");
		RecipeIds ids = new RecipeIds(() -> {
			if (type.get().isEmpty()) {
				throw new TransientDataAccessResourceException("away");
			}
			return type.get();
		}, this.time::get);
		type.set("");
		this.time.addAndGet(TimeUnit.SECONDS.toNanos(61));
		assertThat(ids.json("16")).isEqualTo(16L);
	}

}
