package com.delula.retention.doctor;

import java.util.ArrayList;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

/** A server, database or role that may only read. */
final class WritableCheck implements Check {

	private static final String IN_RECOVERY = "SELECT pg_is_in_recovery()";

	private static final String READ_ONLY_HERE = "SELECT CAST(current_setting('default_transaction_read_only') AS boolean)";

	/** What new sessions will get, whatever this one was opened with. */
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

	private final Sight sight;

	WritableCheck(Sight sight) {
		this.sight = sight;
	}

	@Override
	public String id() {
		return "read-only";
	}

	@Override
	public String inOrder() {
		return "The server takes writes";
	}

	@Override
	public List<Finding> look() {
		return this.sight.look(this::look);
	}

	private List<Finding> look(JdbcClient jdbc) {
		List<Finding> findings = new ArrayList<>();
		if (jdbc.sql(IN_RECOVERY).query(Boolean.class).single()) {
			findings.add(Finding.critical(id(), "The server is a standby", "Nothing can be removed or recorded here.",
					"Set SPRING_DATASOURCE_URL to the primary; with several hosts in the URL add"
							+ " targetServerType=primary"));
		}
		List<String> mends = jdbc.sql(READ_ONLY_FROM).query(String.class).list();
		if (jdbc.sql(READ_ONLY_HERE).query(Boolean.class).single() || !mends.isEmpty()) {
			findings.add(Finding.critical(id(), "default_transaction_read_only is on",
					"Sessions of the service are refused every write, at the latest when they are opened anew: runs"
							+ " fail, and the service does not start again.",
					mends.isEmpty() ? "ALTER SYSTEM RESET default_transaction_read_only; SELECT pg_reload_conf();"
							: String.join(" ", mends)));
		}
		return findings;
	}

}
