package com.delula.retention.installation;

import java.time.Duration;
import java.util.List;

import com.delula.retention.support.Api;
import com.delula.retention.support.OtherSession;
import com.delula.retention.support.Rows;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Declaratively partitioned tables are cleaned like whole ones. */
@Tag("core")
class PartitionedTablesTests {

	/** Partitions by what the contract names, two levels deep where the age decides. */
	private static final String TABLES = """
			CREATE SEQUENCE numbers;
			CREATE TABLE generations (id bigint NOT NULL DEFAULT nextval('numbers'), user_id text NOT NULL, recipe_id text,
				status text NOT NULL, failure_reason text, created_at timestamp, updated_at timestamp) PARTITION BY HASH (user_id);
			CREATE TABLE generations_0 PARTITION OF generations FOR VALUES WITH (MODULUS 2, REMAINDER 0)
				PARTITION BY LIST (recipe_id);
			CREATE TABLE generations_0_16 PARTITION OF generations_0 FOR VALUES IN ('sixteen');
			CREATE TABLE generations_0_rest PARTITION OF generations_0 DEFAULT;
			CREATE TABLE generations_1 PARTITION OF generations FOR VALUES WITH (MODULUS 2, REMAINDER 1)
				PARTITION BY LIST (recipe_id);
			CREATE TABLE generations_1_16 PARTITION OF generations_1 FOR VALUES IN ('sixteen');
			CREATE TABLE generations_1_rest PARTITION OF generations_1 DEFAULT;
			CREATE TABLE jobs (id text PRIMARY KEY, status text NOT NULL, created_at timestamp NOT NULL)
				PARTITION BY HASH (id);
			CREATE TABLE jobs_0 PARTITION OF jobs FOR VALUES WITH (MODULUS 2, REMAINDER 0);
			CREATE TABLE jobs_1 PARTITION OF jobs FOR VALUES WITH (MODULUS 2, REMAINDER 1);
			CREATE TABLE upscale_jobs (id text, source_job_id text NOT NULL REFERENCES jobs (id), status text NOT NULL,
				created_at timestamptz NOT NULL, PRIMARY KEY (source_job_id, id)) PARTITION BY HASH (source_job_id);
			CREATE TABLE upscale_jobs_0 PARTITION OF upscale_jobs FOR VALUES WITH (MODULUS 2, REMAINDER 0);
			CREATE TABLE upscale_jobs_1 PARTITION OF upscale_jobs FOR VALUES WITH (MODULUS 2, REMAINDER 1);
			""";

	private static final String INSERT = "INSERT INTO generations (user_id, status) VALUES ('alice', 'failed')";

	private static final Duration OLD = Duration.ofDays(3);

	@Test
	void theRulesAndTheIndexesHold() {
		try (TestDatabase database = TestDatabase.create(Installation.NEW)) {
			JdbcClient jdbc = database.jdbc();
			jdbc.sql(TABLES).update();
			try (Service service = Service.start(database)) {
				assertIndexesAreValid(jdbc);
				cleanUp(service, database.rows());
				purge(service, database.rows());
			}
			List<Long> indexes = indexes(jdbc);
			Service.startWithoutWeb(database).close();
			assertThat(indexes(jdbc)).isEqualTo(indexes);
		}
	}

	@Test
	void writersAreNotKeptWaitingByTheIndexes() {
		try (TestDatabase database = TestDatabase.create(Installation.NEW)) {
			JdbcClient jdbc = database.jdbc();
			jdbc.sql(TABLES).update();
			try (OtherSession open = OtherSession.begin(database).sql(INSERT);
					Service service = Service.startWithoutWeb(database)) {
				open.awaitBlocked();
				try (OtherSession next = OtherSession.begin(database).sql("SET LOCAL statement_timeout = '5s'")) {
					next.sql(INSERT).commit();
				}
				open.commit();
				Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertIndexesAreValid(jdbc));
			}
		}
	}

	private static void cleanUp(Service service, Rows rows) {
		List<Long> other = rows.generation().user("alice").value("recipe_id", "sixteen").failed().age(OLD).insert(12);
		rows.generation().value("recipe_id", "sixteen").failed().age(OLD).insert(15);
		rows.generation().value("recipe_id", "seventeen").failed().age(OLD).insert(11);
		rows.generation().recipe(null).failed().age(OLD).insert(13);
		JsonNode answer = service.api().post(Api.RUN).ok();
		assertThat(answer.get("cleanedUpGenerations").longValue()).isEqualTo(9);
		assertThat(answer.get("cleanupDetails").get(0).get("recipeId").stringValue()).isEqualTo("sixteen");
		assertThat(rows.generationIds()).containsAll(other).hasSize(42);
		service.api().post(Api.EMERGENCY, "{\"recipeId\":\"sixteen\"}").ok();
		assertThat(rows.count("generations")).isEqualTo(32);
		assertThat(service.api().post(Api.EMERGENCY).ok().get("removedCount").longValue()).isEqualTo(20);
		assertThat(rows.generationIds()).isEqualTo(other);
	}

	private static void purge(Service service, Rows rows) {
		List<String> jobs = rows.job().completed().age(OLD).insertIds(20);
		jobs.subList(0, 5).forEach((job) -> rows.upscaleJob(job).completed().age(OLD).insert());
		rows.upscaleJob(jobs.get(7)).queued().age(OLD).insert();
		JsonNode answer = service.api().post(Api.PURGE).ok();
		assertThat(answer.get("jobsDeleted").longValue()).isEqualTo(19);
		assertThat(answer.get("upscaleJobsDeleted").longValue()).isEqualTo(5);
		assertThat(answer.get("jobsKeptReferenced").longValue()).isEqualTo(1);
		assertThat(rows.jobIds()).containsExactly(jobs.get(7));
	}

	private static void assertIndexesAreValid(JdbcClient jdbc) {
		assertThat(jdbc.sql("""
				SELECT count(*) FILTER (WHERE NOT i.indisvalid) || ' of ' || count(*)
				FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
				WHERE i.indrelid = ANY (ARRAY(SELECT relid FROM pg_partition_tree('generations')
					UNION ALL SELECT relid FROM pg_partition_tree('jobs')
					UNION ALL SELECT relid FROM pg_partition_tree('upscale_jobs')))
				""").query(String.class).single()).startsWith("0 of ").isNotEqualTo("0 of 0");
		assertThat(jdbc.sql("SELECT to_regclass('retention_generations_rank_idx') IS NOT NULL")
			.query(Boolean.class)
			.single()).isTrue();
	}

	private static List<Long> indexes(JdbcClient jdbc) {
		return jdbc.sql("SELECT oid FROM pg_class WHERE relkind IN ('i', 'I') ORDER BY oid").query(Long.class).list();
	}

}
