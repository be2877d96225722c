package com.delula.retention.backlog;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Recipe ids are of any integer or text type. */
class RecipeIdsTests {

	@ParameterizedTest
	@CsvSource({ "smallint,32767", "smallint,-32768", "integer,2147483647", "integer,-2147483648", "integer,0",
			"bigint,9223372036854775807", "bigint,-9223372036854775808" })
	void numbersThatFit(String type, String id) {
		RecipeIds ids = new RecipeIds(type);
		assertThat(ids.numeric()).isTrue();
		assertThat(ids.parse(id)).contains(id);
		assertThat(ids.json(id)).isEqualTo(Long.valueOf(id));
	}

	@ParameterizedTest
	@CsvSource({ "smallint,32768", "integer,2147483648", "bigint,9223372036854775808", "integer,+1", "integer,01",
			"integer,-0", "integer,1.0", "integer,1e3", "integer,''", "integer,' 1'", "integer,x" })
	void whatIsNoNumberOrDoesNotFit(String type, String id) {
		assertThat(new RecipeIds(type).parse(id)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "text", "character varying", "uuid" })
	void texts(String type) {
		RecipeIds ids = new RecipeIds(type);
		assertThat(ids.numeric()).isFalse();
		assertThat(ids.json("0016")).isEqualTo("0016");
		assertThat(ids.json(null)).isNull();
		assertThat(ids.parse("")).isEmpty();
		assertThat(ids.parse("a\0b")).isEmpty();
	}

}
