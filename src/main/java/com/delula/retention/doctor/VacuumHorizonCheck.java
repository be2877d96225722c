package com.delula.retention.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.delula.retention.validation.Setting;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Old transactions, prepared transactions and replication slots that hold vacuum back.
 */
final class VacuumHorizonCheck implements Check {

	private static final String MEANING = "Rows removed while it is open cannot be vacuumed: tables and indexes grow, and"
			+ " queries on them get slower.";

	/** An idle transaction without a snapshot or writes does not hold vacuum back. */
	private static final String TRANSACTIONS = """
			SELECT a.pid, coalesce(a.usename, '?') AS role, coalesce(nullif(a.application_name, ''), '?') AS application,
				coalesce(a.state, '?') AS state, extract(epoch FROM clock_timestamp() - a.xact_start) AS seconds
			FROM pg_stat_activity a
			WHERE a.xact_start <= clock_timestamp() - make_interval(secs => :limit) AND a.pid <> pg_backend_pid()
				AND a.datname = current_database() AND a.backend_type NOT LIKE 'autovacuum%'
				AND (a.backend_xmin IS NOT NULL OR a.backend_xid IS NOT NULL)
			ORDER BY a.xact_start
			""";

	private static final String PREPARED = """
			SELECT p.gid
			FROM pg_prepared_xacts p
			WHERE p.prepared <= clock_timestamp() - make_interval(secs => :limit) AND p.database = current_database()
			ORDER BY p.prepared
			""";

	/**
	 * An inactive slot keeps the WAL of every removal, and with an xmin also the rows.
	 */
	private static final String SLOTS = """
			SELECT s.slot_name
			FROM pg_replication_slots s
			WHERE NOT s.active AND (s.restart_lsn IS NOT NULL OR s.xmin IS NOT NULL OR s.catalog_xmin IS NOT NULL)
			ORDER BY s.slot_name
			""";

	private static final String SEES_OTHERS = "SELECT pg_has_role(current_user, 'pg_read_all_stats', 'USAGE')";

	private final ReadOnlyDatabase database;

	private final Duration limit;

	VacuumHorizonCheck(ReadOnlyDatabase database, DoctorProperties properties) {
		this.database = database;
		this.limit = properties.oldTransaction();
	}

	@Override
	public String id() {
		return "vacuum-held-back";
	}

	@Override
	public String passed() {
		return "No old transaction, prepared transaction or replication slot holds vacuum back";
	}

	@Override
	public List<Finding> run() {
		return this.database.read(this::check);
	}

	private List<Finding> check(JdbcClient jdbc) {
		double seconds = this.limit.toMillis() / 1000.0;
		List<Finding> findings = new ArrayList<>();
		jdbc.sql(TRANSACTIONS)
			.param("limit", seconds)
			.query(Session.class)
			.list()
			.forEach((session) -> findings.add(old(session)));
		jdbc.sql(PREPARED)
			.param("limit", seconds)
			.query(String.class)
			.list()
			.forEach((gid) -> findings.add(prepared(gid)));
		jdbc.sql(SLOTS).query(String.class).list().forEach((slot) -> findings.add(slot(slot)));
		if (!jdbc.sql(SEES_OTHERS).query(Boolean.class).single()) {
			findings.add(incomplete());
		}
		return findings;
	}

	private Finding old(Session session) {
		return Finding
			.warning(id(),
					"A transaction of " + session.role() + " (" + session.application() + ", " + session.state()
							+ ") has been open for " + Setting.text(Duration.ofSeconds((long) session.seconds())),
					MEANING,
					"-- End it in the application, or:\nSELECT pg_terminate_backend(" + session.pid()
							+ ");\n-- To prevent it:\nALTER DATABASE " + this.database.name()
							+ " SET idle_in_transaction_session_timeout = '10min';");
	}

	private Finding prepared(String gid) {
		return Finding.warning(id(), "The prepared transaction '" + gid + "' is older than " + Setting.text(this.limit),
				MEANING + " It also keeps its locks, even after a restart.", "ROLLBACK PREPARED '"
						+ gid.replace("'", "''") + "';\n-- Or COMMIT PREPARED, if its transaction manager decided so.");
	}

	private Finding slot(String slot) {
		return Finding.warning(id(), "Replication slot " + slot + " is inactive",
				"The server keeps the WAL of every removal for it until the disk is full, and vacuum may be held back.",
				"-- Reconnect its consumer, or:\nSELECT pg_drop_replication_slot('" + slot + "');");
	}

	private Finding incomplete() {
		return Finding.info(id(), "Transactions of other roles are not visible",
				"The service does not need to see them, but this check is incomplete.",
				"GRANT pg_read_all_stats TO " + this.database.role() + ";");
	}

	private record Session(int pid, String role, String application, String state, double seconds) {

	}

}
