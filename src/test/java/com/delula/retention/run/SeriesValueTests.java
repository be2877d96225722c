package com.delula.retention.run;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import com.delula.retention.support.Api;
import com.delula.retention.support.Rows;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Values that look like parts of the block by which the server carries out a series of
 * batches, as it does at the usual pace.
 */
class SeriesValueTests {

	private static final Duration OLD = Duration.ofDays(3);

	private static final String POLICY = "/api/admin/rules/backlog-cleanup/policies/value";

	private static TestDatabase database;

	private static Service service;

	private final Rows rows = database.rows();

	private final Api api = service.api();

	@BeforeAll
	static void start() {
		database = TestDatabase.started();
		service = Service.start(database, "--retention.run.duty-cycle=0.9", "--retention.run.batch.min-rows=5",
				"--retention.run.batch.max-rows=10");
	}

	@AfterAll
	static void stop() {
		service.close();
		database.close();
	}

	@BeforeEach
	void empty() {
		this.rows.clear();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GPU {held} by x", "{pause}", "{run}", "{budget}", "{count}", "{unknown}", "a $sql$ b",
			"{d '2026-01-01'}", "a\\'b" })
	void keepTheRowsThatTheyAreHeldBy(String value) {
		List<Long> held = this.rows.generation().failed().failureReason(value).age(OLD).insert(30);
		this.rows.generation().failed().failureReason("other").age(OLD).insert(30);
		JsonNode policy = JsonMapper.shared()
			.createObjectNode()
			.put("hold", true)
			.set("match", JsonMapper.shared().createObjectNode().put("failureReason", value));
		assertThat(this.api.with("Content-Type", "application/json").send("PUT", POLICY, policy.toString()).status())
			.isBetween(200, 201);
		assertThat(cleaned(Api.RUN)).isEqualTo(20);
		assertThat(this.rows.generationIds()).hasSize(40).containsAll(held);
		this.api.send("DELETE", POLICY, null);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GPU {held} by x", "{pause}", "{run}", "{budget}", "{count}", "a $sql$ b", "{fn now()}" })
	void narrowToTheirRows(String value) {
		List<Long> others = this.rows.generation().failed().failureReason("GPU  by x").age(OLD).insert(30);
		this.rows.generation().failed().failureReason(value).age(OLD).insert(30);
		String query = "?failureReason=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
		assertThat(cleaned(Api.RUN + query)).isEqualTo(20);
		assertThat(this.rows.generationIds()).hasSize(40).containsAll(others);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{pause}", "{held}", "{budget}", "{run}" })
	void areKeys(String value) {
		IntStream.range(0, 45).forEach((n) -> this.rows.job().value("id", value + n).completed().age(OLD).insert());
		assertThat(this.api.post(Api.PURGE).ok().get("jobsDeleted").longValue()).isEqualTo(45);
		assertThat(this.rows.jobIds()).isEmpty();
		assertThat(database.jdbc()
			.sql("SELECT coalesce(error, '') FROM retention_run ORDER BY started_at DESC LIMIT 1")
			.query(String.class)
			.single()).isEmpty();
	}

	private long cleaned(String path) {
		return this.api.post(path).ok().get("cleanedUpGenerations").longValue();
	}

}
