package com.delula.retention.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Reads options exactly or not at all. */
class OptionsTests {

	private static Options options(String query, String body) throws IOException {
		MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");
		request.setQueryString(query);
		if (body != null) {
			request.setContentType("application/json;charset=utf-8");
			request.setContent(body.getBytes(StandardCharsets.UTF_8));
		}
		return Options.of(request, "dryRun", "hours", "reason");
	}

	@Test
	void whatIsNotGivenIsNotThere() throws IOException {
		Options options = options(null, null);
		assertThat(options.flag("dryRun")).isFalse();
		assertThat(options.number("hours", 0, 10)).isNull();
		assertThat(options.text("reason")).isNull();
	}

	@Test
	void fromTheQuery() throws IOException {
		Options options = options("dryRun=true&hours=10&reason=a+b%26%C3%A9=", "{}");
		assertThat(options.flag("dryRun")).isTrue();
		assertThat(options.number("hours", 0, 10)).isEqualTo(10);
		assertThat(options.text("reason")).isEqualTo("a b&é=");
	}

	@Test
	void fromTheBody() throws IOException {
		Options options = options("", "{\"dryRun\": false, \"hours\": 0, \"reason\": \" x \"}");
		assertThat(options.flag("dryRun")).isFalse();
		assertThat(options.number("hours", 0, 10)).isZero();
		assertThat(options.text("reason")).isEqualTo(" x ");
	}

	@Test
	void fromBothAsLongAsEachIsGivenOnce() throws IOException {
		Options options = options("dryRun=true", "{\"hours\": 7}");
		assertThat(options.flag("dryRun")).isTrue();
		assertThat(options.number("hours", 0, 10)).isEqualTo(7);
		assertThatExceptionOfType(BadOptionException.class).isThrownBy(() -> options("hours=7", "{\"hours\": 7}"));
	}

	@Test
	void namesDifferInTheirCase() {
		assertThatExceptionOfType(BadOptionException.class).isThrownBy(() -> options("DryRun=true", null))
			.withMessageContaining("DryRun");
	}

}
