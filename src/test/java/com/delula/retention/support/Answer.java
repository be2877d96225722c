package com.delula.retention.support;

import java.net.http.HttpResponse;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the service answered.
 *
 * @param status the HTTP status
 * @param response the response as it came
 */
public record Answer(int status, HttpResponse<String> response) {

	private static final JsonMapper JSON = new JsonMapper();

	/** Words that give away how the service is built. */
	private static final String INSIDES = "(?is).*(exception|select |delete from|insert into|java\\.|org\\.|com\\.delula|sqlstate|\\bat [a-z]+\\.).*";

	Answer(HttpResponse<String> response) {
		this(response.statusCode(), response);
	}

	public String text() {
		return this.response.body();
	}

	public JsonNode json() {
		return JSON.readTree(text());
	}

	/** A header's first value; empty if it is not there. */
	public String header(String name) {
		return this.response.headers().firstValue(name).orElse("");
	}

	public List<String> headers(String name) {
		return this.response.headers().allValues(name);
	}

	/** The answer of a call that went well. */
	public JsonNode ok() {
		assertThat(this.status).as(text()).isEqualTo(200);
		assertThat(header("Content-Type")).isEqualTo("application/json");
		return json();
	}

	/** The answer of a call that was refused: always the same form, never a secret. */
	public JsonNode problem(int expected) {
		assertThat(this.status).as(text()).isEqualTo(expected);
		assertThat(header("Content-Type")).isEqualTo("application/problem+json");
		JsonNode problem = json();
		assertThat(problem.get("success").isBoolean()).isTrue();
		assertThat(problem.get("success").asBoolean()).isFalse();
		assertThat(problem.get("status").asInt()).isEqualTo(expected);
		assertThat(problem.get("detail").asString()).isNotBlank();
		assertThat(problem.has("trace") || problem.has("exception")).isFalse();
		assertThat(text()).doesNotMatch(INSIDES);
		assertThat(headers("Set-Cookie")).isEmpty();
		return problem;
	}

}
