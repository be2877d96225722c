package com.delula.retention.installation;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Compares the database with what the features need of it. */
class InstallationCheck {

	private static final String ROLE = "SELECT current_user";

	private final List<Requirements> requirements;

	private final JdbcClient jdbc;

	private final Catalog catalog;

	InstallationCheck(List<Requirements> requirements, JdbcClient jdbc) {
		this.requirements = requirements;
		this.jdbc = jdbc;
		this.catalog = new Catalog(jdbc);
	}

	/**
	 * Looks at the tables that exist, before anything is changed.
	 * @throws InstallationException if one lacks a column
	 */
	void columnsOfExistingTables() {
		tables().filter((table) -> !this.catalog.columns(table.name()).isEmpty()).forEach(this::columns);
	}

	/**
	 * Looks at everything, with the role that the service works with.
	 * @throws InstallationException if a table, a column or a privilege is missing
	 */
	void everything() {
		this.requirements.forEach((feature) -> feature.check(this.catalog));
		tables().forEach((table) -> {
			columns(table);
			privileges(table);
		});
		Catalog.OWN_TABLES.stream()
			.map((table) -> new RequiredTable(table, List.of(), List.of("SELECT", "INSERT", "UPDATE", "DELETE")))
			.forEach((table) -> {
				columns(table);
				privileges(table);
			});
	}

	private Stream<RequiredTable> tables() {
		return this.requirements.stream().flatMap((feature) -> feature.tables().stream());
	}

	private void columns(RequiredTable table) {
		Set<String> found = this.catalog.columns(table.name());
		if (found.isEmpty()) {
			throw InstallationException.missingTable(table.name());
		}
		for (String column : table.columns()) {
			if (!found.contains(column)) {
				throw InstallationException.missingColumn(table.name(), column);
			}
		}
	}

	private void privileges(RequiredTable table) {
		for (String privilege : this.catalog.missingPrivileges(table.name(), table.privileges())) {
			throw InstallationException.missingPrivilege(role(), table.name(), privilege);
		}
		if (table.privileges().contains("INSERT")) {
			for (String sequence : this.catalog.forbiddenSequences(table.name())) {
				throw InstallationException.missingPrivilege(role(), "SEQUENCE " + sequence, "USAGE");
			}
		}
	}

	private String role() {
		return this.jdbc.sql(ROLE).query(String.class).single();
	}

}
