package com.delula.retention.undo;

import java.util.List;

import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/** A service whose rules have undo windows, and a table of every kind of column. */
final class UndoService {

	/** Its key has two columns, and it has partitions. */
	private static final List<String> TABLE = List.of("CREATE TYPE mood AS ENUM ('sad', 'happy')",
			"CREATE DOMAIN positive AS integer CHECK (VALUE > 0)", "CREATE TYPE pair AS (a integer, b text)",
			"""
					CREATE TABLE things (
						id bigint NOT NULL, part text NOT NULL, "At" timestamptz NOT NULL, mood mood, moods mood[], bytes bytea,
						num numeric(30, 10), nan numeric, f double precision, r real, span interval, range tstzrange, ts timestamp,
						forever timestamptz, j json, jb jsonb, tv tsvector, d positive, p pair, ps pair[], c char(8), bits bit(5),
						"it's :odd %" text, doubled numeric GENERATED ALWAYS AS (num * 2) STORED, old text,
						PRIMARY KEY (part, id)) PARTITION BY LIST (part)
					""",
			"CREATE TABLE things_a PARTITION OF things FOR VALUES IN ('a,b')",
			"CREATE TABLE things_rest PARTITION OF things DEFAULT", """
					CREATE TABLE numbered (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text UNIQUE,
						at timestamptz NOT NULL DEFAULT now() - interval '3 days')
					""");

	private static @Nullable UndoService shared;

	private final TestDatabase database = TestDatabase.started();

	private final Service service;

	private UndoService() {
		JdbcClient jdbc = this.database.jdbc();
		TABLE.forEach((sql) -> jdbc.sql(sql).update());
		this.service = Service.start(this.database, "--retention.security.users[0].name=operator",
				"--retention.security.users[0].role=OPERATOR",
				"--retention.security.users[0].password={noop}" + Service.PASSWORD, "--retention.backlog.undo=7d",
				"--retention.purge.undo=36h", "--retention.rules.things.tables[0].table=things",
				"--retention.rules.things.tables[0].time[0]=At", "--retention.rules.things.max-age=1d",
				"--retention.rules.things.undo=1d", "--retention.rules.things.schedule.cron=-",
				"--retention.rules.numbered.tables[0].table=numbered",
				"--retention.rules.numbered.tables[0].time[0]=at", "--retention.rules.numbered.max-age=1d",
				"--retention.rules.numbered.schedule.cron=-", "--retention.run.duty-cycle=0.99",
				"--retention.run.batch.lock-timeout=200ms");
	}

	static synchronized UndoService shared() {
		if (shared == null) {
			shared = new UndoService();
		}
		return shared;
	}

	TestDatabase database() {
		return this.database;
	}

	Service service() {
		return this.service;
	}

}
