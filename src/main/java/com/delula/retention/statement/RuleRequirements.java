package com.delula.retention.statement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.delula.retention.installation.Catalog;
import com.delula.retention.installation.ForeignKey;
import com.delula.retention.installation.RequiredIndex;
import com.delula.retention.installation.RequiredTable;
import com.delula.retention.installation.Requirements;
import com.delula.retention.rule.Condition;
import com.delula.retention.rule.Reference;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.RuleTable;
import com.delula.retention.rule.Rules;

/** What the rules need of the database, by their descriptions. */
final class RuleRequirements implements Requirements {

	private static final List<String> PRIVILEGES = List.of("SELECT", "DELETE");

	private final Rules rules;

	RuleRequirements(Rules rules) {
		this.rules = rules;
	}

	@Override
	public List<RequiredTable> tables() {
		Map<String, Set<String>> columns = new LinkedHashMap<>();
		this.rules.all().forEach((rule) -> columns(rule, columns));
		return columns.entrySet()
			.stream()
			.map((table) -> new RequiredTable(table.getKey(), List.copyOf(table.getValue()), PRIVILEGES))
			.toList();
	}

	private static void columns(Rule rule, Map<String, Set<String>> columns) {
		for (RuleTable table : rule.tables()) {
			Set<String> needed = columns.computeIfAbsent(table.name(), (name) -> new LinkedHashSet<>());
			needed.addAll(table.key());
			table.where().stream().map(Condition::column).forEach(needed::add);
			needed.addAll(table.time());
			needed.addAll(rule.narrowBy());
			if (rule.groupColumn() != null) {
				needed.add(rule.groupColumn());
			}
			for (Reference reference : table.heldBy()) {
				columns.computeIfAbsent(reference.table(), (name) -> new LinkedHashSet<>()).add(reference.column());
			}
		}
	}

	/**
	 * A rule whose tables are not whole has none: something else says what is missing.
	 */
	@Override
	public List<RequiredIndex> indexes(Catalog catalog) {
		List<RequiredIndex> indexes = new ArrayList<>();
		this.rules.all().stream().filter((rule) -> isWhole(catalog, rule)).forEach((rule) -> {
			List<TableShape> shapes = Shapes.of(catalog, rule);
			shapes.forEach((shape) -> walk(rule, shape, indexes));
			shapes.forEach((shape) -> references(catalog, rule, shapes, shape, indexes));
		});
		return indexes.stream().distinct().toList();
	}

	private static boolean isWhole(Catalog catalog, Rule rule) {
		Map<String, Set<String>> columns = new LinkedHashMap<>();
		columns(rule, columns);
		return columns.entrySet()
			.stream()
			.allMatch((table) -> catalog.columns(table.getKey()).containsAll(table.getValue()))
				&& rule.tables()
					.stream()
					.allMatch((table) -> !table.key().isEmpty() || !catalog.primaryKey(table.name()).isEmpty());
	}

	private static void walk(Rule rule, TableShape shape, List<RequiredIndex> indexes) {
		RequiredIndex rank = Indexes.rank(rule, shape);
		if (rank != null) {
			indexes.add(rank);
		}
		indexes.add(Indexes.time(rule, shape));
	}

	private static void references(Catalog catalog, Rule rule, List<TableShape> shapes, TableShape parent,
			List<RequiredIndex> indexes) {
		for (TableShape child : shapes) {
			List<Reference> declared = parent.table()
				.heldBy()
				.stream()
				.filter((reference) -> reference.table().equals(child.table().name()))
				.toList();
			declared.forEach(
					(reference) -> indexes.add(Indexes.reference(rule, child, reference.column(), reference.index())));
			catalog.foreignKeys()
				.between(child.table().name(), parent.table().name())
				.stream()
				.map(ForeignKey::column)
				.filter((column) -> declared.stream().noneMatch((reference) -> reference.column().equals(column)))
				.forEach((column) -> indexes.add(Indexes.reference(rule, child, column, null)));
		}
	}

}
