package com.delula.retention.admin;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.delula.retention.support.OnEmptyTables;
import com.delula.retention.support.RawHttp;
import com.delula.retention.support.RawHttp.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Thousands of requests that are wrong in every way: none is answered as a fault of the
 * service, and none removes a row.
 */
class HostileCallerTests extends OnEmptyTables {

	private static final Logger log = LoggerFactory.getLogger(HostileCallerTests.class);

	private static final List<String> TABLES = List.of("generations", "jobs", "upscale_jobs", "users", "recipes");

	/** Words that give away how the service is built, in an answer that refuses. */
	private static final String INSIDES = "(?is).*(exception|select |delete from|insert into|java\\.|org\\.|com\\.delula|sqlstate|tomcat|\\bat [a-z]+\\.).*";

	@AfterEach
	void removePolicies() {
		this.jdbc.sql("DELETE FROM retention_policy").update();
	}

	@Test
	void twoThousandRequests() {
		walk(20_261_126L, 2_000);
	}

	@Test
	@Tag("slow")
	void fiftyThousandRequests() {
		walk(System.nanoTime(), 50_000);
	}

	private void walk(long seed, int requests) {
		fill();
		Map<String, Long> before = counts();
		Map<Integer, Integer> statuses = new TreeMap<>();
		HostileRequests hostile = new HostileRequests(new Description(this.api.get("/v3/api-docs").ok()), seed);
		for (int i = 0; i < requests; i++) {
			HostileRequests.Hostile request = hostile.next();
			Reply reply = RawHttp.send(this.api.port(), request.bytes(), true);
			check(seed, request, reply);
			statuses.merge(reply.status(), 1, Integer::sum);
			if (i % 500 == 499) {
				assertThat(counts()).as("seed %d, until request %d", seed, i).isEqualTo(before);
			}
		}
		log.info("{} hostile requests (seed {}) were answered {}", requests, seed, statuses);
		assertThat(statuses.keySet()).contains(400, 404, 405, 413, 415);
		assertThat(counts()).as("seed %d", seed).isEqualTo(before);
		assertThat(ledger()).allSatisfy((row) -> assertThat(row.get("amount").toString()).isEqualTo("0"));
		assertThat(clean().get("cleanedUpGenerations").asInt()).as("a cleanup that is asked for").isPositive();
	}

	private static void check(long seed, HostileRequests.Hostile request, Reply reply) {
		assertThat(reply.status()).as("seed %d: %s%n%s", seed, request, reply.text()).isBetween(200, 499);
		assertThat(reply.head()).as(request.toString())
			.doesNotContainIgnoringCase("\r\nServer:", "\r\nSet-Cookie:", "\r\nX-Powered-By:");
		if (reply.status() >= 400) {
			assertThat(reply.text()).as(request.toString()).doesNotMatch(INSIDES);
			assertThat(reply.head()).as(request.toString()).containsIgnoringCase("X-Content-Type-Options: nosniff");
			if (!request.method().equals("HEAD")) {
				assertThat(reply.text()).as(request.toString())
					.contains("application/problem+json", "\"success\":false");
			}
		}
	}

	private void fill() {
		this.rows.recipe().id(16).insert();
		this.rows.generation().failed().recipe(16).age(Duration.ofDays(3)).insert(30);
		this.rows.generation().failed().recipe(null).withoutTimes().insert(5);
		String job = this.rows.job().completed().age(Duration.ofDays(3)).insert();
		this.rows.job().failed().age(Duration.ofDays(30)).insertIds(5);
		this.rows.upscaleJob(job).completed().age(Duration.ofDays(3)).insert();
	}

	private Map<String, Long> counts() {
		Map<String, Long> counts = new TreeMap<>();
		TABLES.forEach((table) -> counts.put(table, this.rows.count(table)));
		return counts;
	}

}
