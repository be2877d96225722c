package com.delula.retention.installation;

import java.io.IOException;
import java.util.Arrays;

import com.delula.retention.support.InstalledServer;
import com.delula.retention.support.PostgresServer;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;

/**
 * A server with Citus, of one node and four shards for each table. The tests with it say
 * so where it is not installed.
 */
final class CitusServer implements AutoCloseable {

	static final String IS_INSTALLED = "com.delula.retention.installation.CitusServer#isInstalled";

	static final String MISSING = "Citus is not installed for PostgreSQL 15: docs/proof.md says how to build it";

	/** In the shape of the contract; a key has to include what a table is spread by. */
	private static final String TABLES = """
			CREATE SEQUENCE numbers;
			CREATE TABLE users (id text PRIMARY KEY);
			INSERT INTO users VALUES ('system_backlog'), ('alice');
			CREATE TABLE generations (id bigint NOT NULL DEFAULT nextval('numbers'), user_id text NOT NULL, recipe_id bigint,
				status text NOT NULL, failure_reason text, created_at timestamp, updated_at timestamp, PRIMARY KEY (user_id, id));
			CREATE TABLE jobs (id text PRIMARY KEY, status text NOT NULL, created_at timestamptz NOT NULL);
			CREATE TABLE upscale_jobs (id text, source_job_id text NOT NULL REFERENCES jobs (id), status text NOT NULL,
				created_at timestamptz NOT NULL, PRIMARY KEY (source_job_id, id));
			CREATE TABLE events (tenant text, id bigint DEFAULT nextval('numbers'), kind text, at timestamptz,
				PRIMARY KEY (tenant, id));
			CREATE TABLE visits (id uuid PRIMARY KEY, site integer, seen timestamp, created timestamp NOT NULL);
			CREATE TABLE clicks (visit uuid REFERENCES visits ON DELETE CASCADE, id bigint, PRIMARY KEY (visit, id));
			CREATE TABLE notes (id bigint PRIMARY KEY, at timestamptz)
			""";

	private static final String DISTRIBUTE = """
			SELECT create_distributed_table('generations', 'user_id', shard_count => 4);
			SELECT create_distributed_table('jobs', 'id', shard_count => 4);
			SELECT create_distributed_table('upscale_jobs', 'source_job_id', colocate_with => 'jobs');
			SELECT create_distributed_table('events', 'tenant', shard_count => 4);
			SELECT create_distributed_table('visits', 'id', shard_count => 4);
			SELECT create_distributed_table('clicks', 'visit', colocate_with => 'visits');
			SELECT create_reference_table('notes')
			""";

	static final String[] SETTINGS = { "--retention.run.duty-cycle=1", "--retention.run.batch.max-rows=100",
			"--retention.rules.events.tables[0].table=events", "--retention.rules.events.tables[0].time=at",
			"--retention.rules.events.max-age=1d", "--retention.rules.events.keep-newest=2",
			"--retention.rules.events.per=tenant", "--retention.rules.events.narrow-by=kind",
			"--retention.rules.events.emergency=true", "--retention.rules.events.undo=7d",
			"--retention.rules.visits.tables[0].table=visits", "--retention.rules.visits.tables[0].time=seen,created",
			"--retention.rules.visits.max-age=1d", "--retention.rules.visits.keep-newest=3",
			"--retention.rules.visits.per=site", "--retention.rules.visits.narrow-by=site",
			"--retention.rules.notes.tables[0].table=notes", "--retention.rules.notes.tables[0].time=at",
			"--retention.rules.notes.max-age=1d", "--retention.rules.notes.keep-newest=5" };

	private final InstalledServer server;

	private CitusServer(InstalledServer server) {
		this.server = server;
	}

	static boolean isInstalled() {
		return InstalledServer.has("citus");
	}

	static CitusServer start() throws IOException {
		return new CitusServer(InstalledServer.start("shared_preload_libraries=citus,pg_stat_statements",
				"pg_stat_statements.track=all", "citus.node_conninfo=sslmode=prefer", "max_connections=300",
				"max_prepared_transactions=50"));
	}

	/** A database whose tables are distributed. */
	TestDatabase database() {
		TestDatabase created = plainDatabase();
		created.jdbc().sql("CREATE EXTENSION citus").update();
		Arrays.stream(DISTRIBUTE.split(";")).forEach((sql) -> created.jdbc().sql(sql).query().listOfRows());
		return created;
	}

	/** One with the same tables and without Citus. */
	TestDatabase plainDatabase() {
		TestDatabase created = TestDatabase.create(PostgresServer.at(this.server.port()), Installation.NEW);
		created.jdbc().sql(TABLES).update();
		return created;
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

}
