package com.delula.retention.doctor;

import java.util.ArrayList;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

/** A server that is a standby, and a role or database that is read-only by default. */
final class WritableCheck implements Check {

	private static final String IN_RECOVERY = "SELECT pg_is_in_recovery()";

	private static final String READ_ONLY_HERE = "SELECT CAST(current_setting('default_transaction_read_only') AS boolean)";

	/** The default for new sessions, whatever the current one has. */
	private static final String READ_ONLY_FROM = """
			SELECT 'ALTER ' || CASE
				WHEN s.setrole = 0 THEN format('DATABASE %I', current_database())
				WHEN s.setdatabase = 0 THEN format('ROLE %I', current_user)
				ELSE format('ROLE %I IN DATABASE %I', current_user, current_database()) END
				|| ' RESET default_transaction_read_only;'
			FROM pg_db_role_setting s
			WHERE s.setdatabase IN (0, (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()))
				AND s.setrole IN (0, CAST(current_user AS regrole))
				AND 'default_transaction_read_only=on' = ANY (s.setconfig)
			""";

	private final ReadOnlyDatabase database;

	WritableCheck(ReadOnlyDatabase database) {
		this.database = database;
	}

	@Override
	public String id() {
		return "read-only";
	}

	@Override
	public String passed() {
		return "The server accepts writes";
	}

	@Override
	public List<Finding> run() {
		return this.database.read(this::check);
	}

	private List<Finding> check(JdbcClient jdbc) {
		List<Finding> findings = new ArrayList<>();
		if (jdbc.sql(IN_RECOVERY).query(Boolean.class).single()) {
			findings.add(Finding.critical(id(), "The server is a standby",
					"No rows can be removed and no runs recorded here.",
					"Set SPRING_DATASOURCE_URL to the primary. With several hosts in the URL, add"
							+ " targetServerType=primary."));
		}
		List<String> resets = jdbc.sql(READ_ONLY_FROM).query(String.class).list();
		if (jdbc.sql(READ_ONLY_HERE).query(Boolean.class).single() || !resets.isEmpty()) {
			findings.add(Finding.info(id(), "default_transaction_read_only is on",
					"Runs are not affected, because the service begins its transactions as READ WRITE. Other clients"
							+ " are refused writes unless they ask for them, pg_cron's jobs included.",
					resets.isEmpty() ? "ALTER SYSTEM RESET default_transaction_read_only;\nSELECT pg_reload_conf();"
							: String.join("\n", resets)));
		}
		return findings;
	}

}
