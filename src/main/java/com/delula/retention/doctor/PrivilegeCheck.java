package com.delula.retention.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.delula.retention.installation.Catalog;
import com.delula.retention.installation.RequiredTable;
import com.delula.retention.installation.Requirements;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Privileges that the service's role lacks, and rows that are hidden from it. */
final class PrivilegeCheck implements Check {

	private static final List<String> OWN = List.of("SELECT", "INSERT", "UPDATE", "DELETE");

	private static final String ROLE = "SELECT current_user";

	private static final String ROWS_HIDDEN = "SELECT row_security_active(CAST(to_regclass(:table) AS oid))";

	private final ReadOnlyDatabase database;

	private final List<Requirements> requirements;

	PrivilegeCheck(ReadOnlyDatabase database, List<Requirements> requirements) {
		this.database = database;
		this.requirements = requirements;
	}

	@Override
	public String id() {
		return "privilege";
	}

	@Override
	public String passed() {
		return "The service's role has all required privileges";
	}

	@Override
	public List<Finding> run() {
		return this.database.read((jdbc) -> {
			String role = jdbc.sql(ROLE).query(String.class).single();
			List<Finding> findings = new ArrayList<>();
			Catalog catalog = new Catalog(jdbc);
			if (Catalog.OWN_TABLES.stream().anyMatch((table) -> exists(catalog, table))) {
				Stream.concat(platformTables(), ownTables()).forEach((table) -> check(jdbc, role, table, findings));
				return findings;
			}
			findings.add(notStartedYet());
			platformTables().filter((table) -> exists(catalog, table.name()))
				.forEach((table) -> check(jdbc, role, table, findings));
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
				"The first start creates its own tables, missing tables of the platform, and indexes.",
				"-- Nothing, if this is the intended database; otherwise check the URL, or:\nSHOW search_path;");
	}

	private void check(JdbcClient jdbc, String role, RequiredTable table, List<Finding> findings) {
		Catalog catalog = new Catalog(jdbc);
		if (!exists(catalog, table.name())) {
			findings.add(missingTable(table.name()));
			return;
		}
		catalog.missingPrivileges(table.name(), table.privileges())
			.forEach((privilege) -> findings.add(missing(role, privilege, table.name())));
		if (table.privileges().contains("INSERT")) {
			catalog.forbiddenSequences(table.name())
				.forEach((sequence) -> findings.add(missing(role, "USAGE", "SEQUENCE " + sequence)));
		}
		if (table.privileges().contains("DELETE")) {
			catalog.foreignKeys()
				.unreadable(table.name())
				.forEach((child) -> findings.add(unreadable(role, child, table.name())));
		}
		if (jdbc.sql(ROWS_HIDDEN).param("table", table.name()).query(Boolean.class).single()) {
			findings.add(hidden(role, table.name()));
		}
	}

	private Finding missingTable(String table) {
		return Finding.critical(id(), "Table " + table + " is not visible to the service's role",
				"Runs fail, and the service does not start again. The table was dropped, renamed or moved to a schema"
						+ " outside the search_path.",
				"SHOW search_path;\n-- Then restore the table, or restart the service if the name starts with retention_.");
	}

	private Finding missing(String role, String privilege, String on) {
		return Finding.critical(id(), "The role " + role + " lacks " + privilege + " on " + on,
				"Runs fail, and the service does not start again.",
				"GRANT " + privilege + " ON " + on + " TO \"" + role + "\";");
	}

	private Finding unreadable(String role, String child, String table) {
		return Finding.warning(id(), "The role " + role + " may not read " + child + ", which refers to " + table,
				"Rows that it protects stay, but dry runs, forecasts and explain take them for due.",
				"GRANT SELECT ON " + child + " TO \"" + role + "\";");
	}

	private Finding hidden(String role, String table) {
		return Finding.warning(id(), "Row-level security hides rows of " + table + " from the role " + role,
				"Rows that a policy hides are neither counted nor removed, without any notice.", "ALTER ROLE \"" + role
						+ "\" BYPASSRLS;\n-- Or create a policy on " + table + " for this role USING (true).");
	}

}
