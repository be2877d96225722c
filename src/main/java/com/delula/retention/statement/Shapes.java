package com.delula.retention.statement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.delula.retention.installation.Catalog;
import com.delula.retention.installation.CatalogColumn;
import com.delula.retention.installation.ForeignKey;
import com.delula.retention.rule.Reference;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.RuleTable;
import com.delula.retention.statement.TableShape.Bond;
import com.delula.retention.statement.TableShape.Child;
import com.delula.retention.statement.TableShape.Column;

/** Looks up how a rule's tables look in this database. */
final class Shapes {

	private static final String ZONED = "timestamp with time zone";

	private final Catalog catalog;

	private final Rule rule;

	private final Map<String, TableShape> shapes = new LinkedHashMap<>();

	private Shapes(Catalog catalog, Rule rule) {
		this.catalog = catalog;
		this.rule = rule;
	}

	/** The tables' shapes, in the rule's order. */
	static List<TableShape> of(Catalog catalog, Rule rule) {
		Shapes shapes = new Shapes(catalog, rule);
		rule.tables().forEach((table) -> shapes.shapes.put(table.name(), shapes.shape(table)));
		return List.copyOf(shapes.shapes.values());
	}

	private TableShape shape(RuleTable table) {
		Map<String, Column> columns = columns(table);
		List<Column> key = key(table, columns);
		List<Column> times = table.time().stream().map((name) -> TableShape.named(name, columns)).toList();
		List<Child> children = children(table, columns);
		List<String> tied = Stream.concat(this.shapes.keySet().stream(), Stream.of(table.name())).toList();
		return new TableShape(table, this.catalog.sqlName(table.name()), columns, key, times, time(times, "t."),
				timeType(times),
				this.catalog.foreignKeys()
					.isReferenced(table.name(), "t",
							children.stream().map((child) -> child.shape().table().name()).toList(), tied),
				children, this.catalog.foreignKeys().followers(table.name(), tied),
				this.catalog.isDistributed(table.name()),
				this.catalog.missingPrivileges(table.name(), List.of("UPDATE")).isEmpty());
	}

	private Map<String, Column> columns(RuleTable table) {
		Map<String, Column> columns = new LinkedHashMap<>();
		for (CatalogColumn column : this.catalog.columnsOf(table.name())) {
			columns.put(column.name(), new Column(column.sql(), column.type(), column.nullable()));
		}
		return columns;
	}

	private List<Column> key(RuleTable table, Map<String, Column> columns) {
		List<String> names = table.key().isEmpty() ? this.catalog.primaryKey(table.name()) : table.key();
		if (names.isEmpty()) {
			throw new IllegalStateException("The table " + table.name() + " has no primary key");
		}
		return names.stream().map((name) -> TableShape.named(name, columns)).toList();
	}

	/**
	 * A row's time. Without any a row is the newest: later than all that have one.
	 * @param alias what stands before the columns: the table's alias and a dot, or
	 * nothing
	 */
	static String time(List<Column> times, String alias) {
		boolean mixed = timeType(times).equals(ZONED);
		List<String> values = times.stream().map((time) -> mixed ? zoned(time, alias) : alias + time.sql()).toList();
		if (times.size() == 1 && !times.get(0).nullable()) {
			return values.get(0);
		}
		return "coalesce(" + String.join(", ", values) + ", 'infinity')";
	}

	/** A time without a zone is UTC. */
	private static String zoned(Column time, String alias) {
		return switch (time.type()) {
			case ZONED -> alias + time.sql();
			case "date" -> "(CAST(" + alias + time.sql() + " AS timestamp) AT TIME ZONE 'UTC')";
			default -> "(" + alias + time.sql() + " AT TIME ZONE 'UTC')";
		};
	}

	/** A date is a moment too, or else a cutoff would lose its time of day. */
	private static String timeType(List<Column> times) {
		List<String> types = times.stream().map(Column::type).distinct().toList();
		return (types.size() == 1 && !types.get(0).equals("date")) ? types.get(0) : ZONED;
	}

	/** References that the rule declares, and those that foreign keys tell of. */
	private List<Child> children(RuleTable table, Map<String, Column> columns) {
		List<Child> children = new ArrayList<>();
		for (TableShape other : this.shapes.values()) {
			List<ForeignKey> keys = this.catalog.foreignKeys().between(other.table().name(), table.name());
			for (ForeignKey key : keys) {
				children.add(new Child(other, other.column(key.column()), TableShape.named(key.referenced(), columns),
						key.protects() ? Bond.PROTECTED : Bond.FOLLOWING));
			}
			table.heldBy()
				.stream()
				.filter((reference) -> reference.table().equals(other.table().name()))
				.filter((reference) -> keys.stream().noneMatch((key) -> key.column().equals(reference.column())))
				.map((reference) -> child(other, reference, table, columns))
				.forEach(children::add);
		}
		return children;
	}

	private Child child(TableShape other, Reference reference, RuleTable table, Map<String, Column> columns) {
		return new Child(other, other.column(reference.column()), key(table, columns).get(0), Bond.NONE);
	}

}
