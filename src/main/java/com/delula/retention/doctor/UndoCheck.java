package com.delula.retention.doctor;

import java.util.ArrayList;
import java.util.List;

import com.delula.retention.installation.Catalog;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;

import org.springframework.jdbc.core.simple.JdbcClient;

/** What keeps the undo windows of rules from working. */
final class UndoCheck implements Check {

	private static final String MAY_PARTITION = """
			SELECT to_regprocedure('retention_undo_partitions(date[])') IS NULL
				OR has_function_privilege(to_regprocedure('retention_undo_partitions(date[])'), 'EXECUTE')
			""";

	private final ReadOnlyDatabase database;

	private final Rules rules;

	UndoCheck(ReadOnlyDatabase database, Rules rules) {
		this.database = database;
		this.rules = rules;
	}

	@Override
	public String id() {
		return "undo";
	}

	@Override
	public String passed() {
		return "Nothing keeps undo windows from working";
	}

	@Override
	public List<Finding> run() {
		List<Rule> undone = this.rules.all().stream().filter((rule) -> rule.safeguards().undo() != null).toList();
		if (undone.isEmpty()) {
			return List.of();
		}
		return this.database.read((jdbc) -> findings(jdbc, undone));
	}

	private List<Finding> findings(JdbcClient jdbc, List<Rule> undone) {
		Catalog catalog = new Catalog(jdbc);
		List<Finding> findings = new ArrayList<>();
		if (!jdbc.sql(MAY_PARTITION).query(Boolean.class).single()) {
			findings.add(Finding.warning(id(), "The service may not make partitions of retention_undo",
					"Removed rows are kept in retention_undo_default and deleted from there when they have expired, which"
							+ " leaves work for vacuum.",
					"GRANT EXECUTE ON FUNCTION retention_undo_partitions TO " + this.database.role() + ";"));
		}
		undone.forEach((rule) -> rule.tableNames().forEach((table) -> look(catalog, rule, table, findings)));
		return findings;
	}

	private void look(Catalog catalog, Rule rule, String table, List<Finding> findings) {
		if (catalog.isDistributed(table)) {
			findings.add(Finding.warning(id(),
					"The undo window of " + rule.name() + " does not work: " + table + " is distributed",
					"Removed rows are not kept and cannot be restored.", "Remove " + rule.settings() + ".undo"));
			return;
		}
		if (!catalog.columns(table).isEmpty() && !catalog.missingPrivileges(table, List.of("INSERT")).isEmpty()) {
			findings.add(Finding.info(id(), "The service may not put rows back into " + table,
					"Removed rows are kept, but a restore is refused.",
					"-- At the latest before a restore:\nGRANT INSERT ON " + table + " TO " + this.database.role()
							+ ";"));
		}
	}

}
