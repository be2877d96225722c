package com.delula.retention.configured;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** PostgreSQL answers the statements of configured rules from their own indexes. */
class ConfiguredIndexTests {

	private static final List<String> FILL = List.of("""
			INSERT INTO app.sessions (user_id, status, last_seen, created_at)
			SELECT 'u' || n % 500, CASE WHEN n % 20 = 0 THEN 'expired' ELSE 'active' END,
				CASE WHEN n % 3 = 0 THEN now() - make_interval(mins => n) END, now() - make_interval(mins => n * 5)
			FROM generate_series(1, 30000) n
			""", """
			INSERT INTO app."Order" ("user", "Line No", "group", "placed at", paid_on)
			SELECT 'u' || n % 500, n, CASE WHEN n % 20 = 0 THEN NULL ELSE 'other' END,
				now() AT TIME ZONE 'UTC' - make_interval(mins => n), NULL
			FROM generate_series(1, 30000) n
			""", """
			INSERT INTO app.visits (id, day, kind)
			SELECT gen_random_uuid(), current_date - n % 900, CASE WHEN n % 20 = 0 THEN NULL ELSE 'person' END
			FROM generate_series(1, 30000) n
			""",
			"""
					INSERT INTO app.parents (code, at) SELECT n, now() - make_interval(mins => n) FROM generate_series(1, 30000) n
					""",
			"""
					INSERT INTO app.children (parent, at) SELECT n, now() - make_interval(mins => n) FROM generate_series(1, 30000) n
					""",
			"""
					INSERT INTO app.ulids (id, at) SELECT n, now() - make_interval(mins => n) FROM generate_series(1, 30000) n
					""",
			"VACUUM ANALYZE");

	@Test
	void everyStatementUsesTheIndexThatWasMadeForIt(@TempDir Path directory) throws IOException {
		try (TestDatabase database = TestDatabase.create(Installation.EXISTING)) {
			JdbcClient jdbc = database.jdbc();
			for (String statement : TestDatabase.resource("configured/tables.sql").split(";")) {
				jdbc.sql(statement).update();
			}
			FILL.forEach((statement) -> jdbc.sql(statement).update());
			Path file = Files.writeString(directory.resolve("rules.yml"),
					TestDatabase.resource("configured/rules.yml"));
			try (Service service = Service.start(database, "--spring.config.additional-location=" + file.toUri(),
					"--retention.installation.index-patience=2m")) {
				jdbc.sql("VACUUM ANALYZE").update();
				assertThat(found(service, "rule-index")).isEmpty();
				assertThat(found(service, "plan")).isEmpty();
				assertThat(found(service, "foreign-key-index")).isEmpty();
				String index = jdbc.sql(
						"SELECT indexname FROM pg_indexes WHERE schemaname = 'app' AND indexname LIKE 'retention_orders_%'")
					.query(String.class)
					.single();
				jdbc.sql("DROP INDEX app." + index).update();
				assertThat(found(service, "rule-index")).singleElement().asString().contains(index, "is missing");
				assertThat(found(service, "plan")).singleElement().asString().contains(index);
			}
		}
	}

	private static List<JsonNode> found(Service service, String id) {
		JsonNode findings = service.api().get("/api/admin/doctor").ok().get("findings");
		return findings.valueStream()
			.filter((finding) -> finding.get("id").asString().equals(id))
			.filter((finding) -> !finding.get("severity").asString().equals("ok"))
			.toList();
	}

	/** An index of every leaf partition, in a schema that is not on the search path. */
	@Test
	@Tag("slow")
	void aPartitionedTableInAnotherSchema() {
		try (TestDatabase database = TestDatabase.create(Installation.EXISTING)) {
			JdbcClient jdbc = database.jdbc();
			for (String statement : List.of("CREATE SCHEMA app",
					"""
							CREATE TABLE app.events (id bigint, at timestamptz NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at)
							""",
					"CREATE TABLE app.events_old PARTITION OF app.events FOR VALUES FROM (MINVALUE) TO ('2026-01-01')",
					"CREATE TABLE app.events_new PARTITION OF app.events FOR VALUES FROM ('2026-01-01') TO (MAXVALUE)")) {
				jdbc.sql(statement).update();
			}
			Service
				.start(database, "--retention.rules.old-events.tables[0].table=app.events",
						"--retention.rules.old-events.tables[0].time=at", "--retention.rules.old-events.max-age=90d",
						"--retention.installation.index-patience=2m")
				.close();
			assertThat(jdbc.sql("""
					SELECT CAST(i.indrelid AS regclass)::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
					WHERE c.relname LIKE 'retention_old_events_app_events_time_%' AND i.indisvalid
					ORDER BY 1
					""").query(String.class).list()).containsExactly("app.events", "app.events_new", "app.events_old");
		}
	}

}
