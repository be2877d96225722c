package com.delula.retention.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.delula.retention.installation.Catalog;
import com.delula.retention.installation.RequiredTable;
import com.delula.retention.installation.Requirements;

import org.springframework.jdbc.core.simple.JdbcClient;

/** What the service's role may not do, and rows that are hidden from it. */
final class PrivilegeCheck implements Check {

	private static final List<String> OWN = List.of("SELECT", "INSERT", "UPDATE", "DELETE");

	private static final String ROLE = "SELECT current_user";

	/** A serial column's number comes from a sequence that has privileges of its own. */
	private static final String SEQUENCES = """
			SELECT s.name
			FROM (SELECT pg_get_serial_sequence(CAST(CAST(a.attrelid AS regclass) AS text), a.attname) AS name
				FROM pg_attribute a
				WHERE a.attrelid = to_regclass(:table) AND a.attnum > 0 AND NOT a.attisdropped
					AND a.atthasdef AND a.attidentity = '') s
			WHERE s.name IS NOT NULL AND NOT has_sequence_privilege(s.name, 'USAGE')
			""";

	private static final String ROWS_HIDDEN = "SELECT row_security_active(CAST(to_regclass(:table) AS oid))";

	private final Sight sight;

	private final List<Requirements> requirements;

	PrivilegeCheck(Sight sight, List<Requirements> requirements) {
		this.sight = sight;
		this.requirements = requirements;
	}

	@Override
	public String id() {
		return "privilege";
	}

	@Override
	public String inOrder() {
		return "The service's role may do what the rules need";
	}

	@Override
	public List<Finding> look() {
		return this.sight.look((jdbc) -> {
			String role = jdbc.sql(ROLE).query(String.class).single();
			List<Finding> findings = new ArrayList<>();
			Catalog catalog = new Catalog(jdbc);
			if (Catalog.OWN_TABLES.stream().anyMatch((table) -> exists(catalog, table))) {
				Stream.concat(platformTables(), ownTables()).forEach((table) -> look(jdbc, role, table, findings));
				return findings;
			}
			findings.add(notStartedYet());
			platformTables().filter((table) -> exists(catalog, table.name()))
				.forEach((table) -> look(jdbc, role, table, findings));
			return findings;
		});
	}

	private static boolean exists(Catalog catalog, String table) {
		return !catalog.columns(table).isEmpty();
	}

	private Stream<RequiredTable> platformTables() {
		return this.requirements.stream().flatMap((feature) -> feature.tables().stream());
	}

	private static Stream<RequiredTable> ownTables() {
		return Catalog.OWN_TABLES.stream().map((table) -> new RequiredTable(table, List.of(), OWN));
	}

	private Finding notStartedYet() {
		return Finding.info(id(), "The service has not been started on this database",
				"Its first start makes its own tables, those of the platform that are missing, and the indexes.",
				"Nothing, if this is the database that is meant; else name the right one, or SHOW search_path;");
	}

	private void look(JdbcClient jdbc, String role, RequiredTable table, List<Finding> findings) {
		Catalog catalog = new Catalog(jdbc);
		if (!exists(catalog, table.name())) {
			findings.add(missingTable(table.name()));
			return;
		}
		catalog.missingPrivileges(table.name(), table.privileges())
			.forEach((privilege) -> findings.add(missing(role, privilege, table.name())));
		if (table.privileges().contains("INSERT")) {
			jdbc.sql(SEQUENCES)
				.param("table", table.name())
				.query(String.class)
				.list()
				.forEach((sequence) -> findings.add(missing(role, "USAGE", "SEQUENCE " + sequence)));
		}
		if (jdbc.sql(ROWS_HIDDEN).param("table", table.name()).query(Boolean.class).single()) {
			findings.add(hidden(role, table.name()));
		}
	}

	private Finding missingTable(String table) {
		return Finding.critical(id(), "There is no table " + table + " that the service's role can see",
				"Runs fail. The service does not start like this, so it was dropped, renamed or moved to a schema"
						+ " outside of the search_path since.",
				"SHOW search_path; then bring the table back, or start the service again if its name begins with"
						+ " retention_");
	}

	private Finding missing(String role, String privilege, String on) {
		return Finding.critical(id(), "The role " + role + " lacks " + privilege + " on " + on,
				"Runs fail, and the service does not start again.",
				"GRANT " + privilege + " ON " + on + " TO \"" + role + "\";");
	}

	private Finding hidden(String role, String table) {
		return Finding.warning(id(), "Row-level security hides rows of " + table + " from the role " + role,
				"What a policy hides is neither counted nor removed, and nothing says so.",
				"ALTER ROLE \"" + role + "\" BYPASSRLS; or a policy on " + table + " for this role USING (true)");
	}

}
