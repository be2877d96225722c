package com.delula.retention.doctor;

import java.util.ArrayList;
import java.util.List;

import com.delula.retention.rule.Quantity;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Autovacuum that is off, or far behind on the rules' tables. */
final class AutovacuumCheck implements Check {

	private static final String OFF = """
			SELECT s.name
			FROM pg_settings s
			WHERE s.name IN ('autovacuum', 'track_counts') AND s.setting = 'off'
			ORDER BY s.name
			""";

	/** A table's own options outrank the server's. */
	private static final String TABLES = RuleTables.WITH_RULE_TABLES
			+ """
					, options AS (
						SELECT c.oid, c.reltuples,
							coalesce((SELECT CAST(o.option_value AS boolean) FROM pg_options_to_table(c.reloptions) o
								WHERE o.option_name = 'autovacuum_enabled'), true) AS enabled,
							coalesce((SELECT CAST(o.option_value AS float8) FROM pg_options_to_table(c.reloptions) o
								WHERE o.option_name = 'autovacuum_vacuum_threshold'),
								CAST(current_setting('autovacuum_vacuum_threshold') AS float8)) AS threshold,
							coalesce((SELECT CAST(o.option_value AS float8) FROM pg_options_to_table(c.reloptions) o
								WHERE o.option_name = 'autovacuum_vacuum_scale_factor'),
								CAST(current_setting('autovacuum_vacuum_scale_factor') AS float8)) AS factor
						FROM rule_table p
						JOIN pg_class c ON c.oid = p.oid AND c.relkind = 'r'
					)
					SELECT CAST(CAST(o.oid AS regclass) AS text) AS name, o.enabled, coalesce(s.n_dead_tup, 0) AS dead_rows,
						CAST(o.threshold + o.factor * greatest(o.reltuples, 0) AS bigint) AS due_from,
						coalesce(to_char(greatest(s.last_autovacuum, s.last_vacuum) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'),
							'never') AS last_vacuum
					FROM options o
					LEFT JOIN pg_stat_user_tables s ON s.relid = o.oid
					ORDER BY 1
					""";

	/**
	 * Autovacuum starts at its threshold; a table with this many times as many dead rows
	 * has fallen behind.
	 */
	private static final int FAR_BEHIND = 3;

	private final ReadOnlyDatabase database;

	private final RuleTables tables;

	private final long leastDeadRows;

	AutovacuumCheck(ReadOnlyDatabase database, RuleTables tables, DoctorProperties properties) {
		this.database = database;
		this.tables = tables;
		this.leastDeadRows = properties.deadRows();
	}

	@Override
	public String id() {
		return "autovacuum";
	}

	@Override
	public String passed() {
		return "Autovacuum is on and keeps up with the rules' tables";
	}

	@Override
	public List<Finding> run() {
		return this.database.read(this::check);
	}

	private List<Finding> check(JdbcClient jdbc) {
		List<Finding> findings = new ArrayList<>();
		jdbc.sql(OFF).query(String.class).list().forEach((name) -> findings.add(offEverywhere(name)));
		for (Table table : jdbc.sql(TABLES).param("tables", this.tables.names()).query(Table.class).list()) {
			if (!table.enabled()) {
				findings.add(off(table));
			}
			if (table.deadRows() > Math.max(this.leastDeadRows, FAR_BEHIND * table.dueFrom())) {
				findings.add(behind(table));
			}
		}
		return findings;
	}

	private Finding offEverywhere(String setting) {
		return Finding.warning(id(), setting + " is off on the server",
				"Removed rows stay in the tables and indexes as dead rows. Queries get slower with each run, and the"
						+ " space is never reused.",
				"ALTER SYSTEM SET " + setting + " = on;\nSELECT pg_reload_conf();");
	}

	private Finding off(Table table) {
		return Finding.warning(id(), "Autovacuum is turned off for " + table.name(),
				"Rows removed from this table stay as dead rows, and queries have to read past them.",
				"ALTER TABLE " + table.name() + " RESET (autovacuum_enabled);");
	}

	private Finding behind(Table table) {
		return Finding.warning(id(),
				"Autovacuum is far behind on " + table.name() + ": " + Quantity.of(table.deadRows())
						+ " dead rows, last vacuum " + table.lastVacuum(),
				"It should have started at " + Quantity.of(table.dueFrom())
						+ " dead rows. This is normal for some minutes after a"
						+ " large run. If it persists, every query on the table reads past the dead rows.",
				"VACUUM (ANALYZE) " + table.name() + ";\n-- To let autovacuum keep up:\nALTER TABLE " + table.name()
						+ " SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_limit = 2000);");
	}

	private record Table(String name, boolean enabled, long deadRows, long dueFrom, String lastVacuum) {

	}

}
