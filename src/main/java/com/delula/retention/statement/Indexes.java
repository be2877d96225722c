package com.delula.retention.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.delula.retention.installation.RequiredIndex;
import com.delula.retention.rule.Condition;
import com.delula.retention.rule.IndexUse;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.RuleTable;
import com.delula.retention.statement.TableShape.Column;
import org.jspecify.annotations.Nullable;

/**
 * The indexes that a rule's statements are answered from. Their expressions and
 * predicates are those of the statements to the letter, or else PostgreSQL would not use
 * them.
 */
final class Indexes {

	/**
	 * PostgreSQL cuts names at 63 bytes; the index of a partition adds nine to the name.
	 */
	private static final int LONGEST_NAME = 54;

	private Indexes() {
	}

	/**
	 * In the order of removal. The times are included where they are behind an
	 * expression, because PostgreSQL answers from such an index alone only if the columns
	 * are there too.
	 */
	static RequiredIndex time(Rule rule, TableShape shape) {
		List<String> columns = new ArrayList<>(settings(shape));
		columns.add(Shapes.time(shape.times(), ""));
		shape.key().forEach((key) -> columns.add(key.sql()));
		return index(rule, shape, IndexUse.TIME, definition(shape, columns));
	}

	/** In the order in which a group's newest rows are found; null without groups. */
	static @Nullable RequiredIndex rank(Rule rule, TableShape shape) {
		String group = rule.groupColumn();
		if (group == null) {
			return null;
		}
		List<String> columns = new ArrayList<>(settings(shape));
		columns.add(shape.column(group).sql());
		columns.add(Shapes.time(shape.times(), "") + " DESC");
		shape.key().forEach((key) -> columns.add(key.sql() + " DESC"));
		return index(rule, shape, IndexUse.RANK, definition(shape, columns));
	}

	/** The way from a row to those that refer to it, which each removed row takes. */
	static RequiredIndex reference(Rule rule, TableShape child, String column, @Nullable String name) {
		String definition = "(" + child.column(column).sql() + ")";
		String table = child.table().name();
		return new RequiredIndex((name != null) ? name : name(rule, table, column, definition), table, child.name(),
				definition, List.of(column));
	}

	private static RequiredIndex index(Rule rule, TableShape shape, IndexUse use, String definition) {
		RuleTable table = shape.table();
		String name = Objects.requireNonNullElseGet(table.indexNames().get(use),
				() -> name(rule, table.name(), use.name(), definition));
		return new RequiredIndex(name, table.name(), shape.name(), definition, List.of());
	}

	private static List<String> settings(TableShape shape) {
		return conditions(shape, true).map((condition) -> shape.column(condition.column()).sql()).toList();
	}

	private static Stream<Condition> conditions(TableShape shape, boolean setting) {
		return shape.table().where().stream().filter((condition) -> condition.setting() == setting);
	}

	private static String definition(TableShape shape, List<String> columns) {
		String time = Shapes.time(shape.times(), "");
		List<String> behind = shape.times()
			.stream()
			.map(Column::sql)
			.filter((column) -> !columns.contains(column) && !time.equals(column))
			.toList();
		String where = conditions(shape, false)
			.map((condition) -> Literals.condition(condition, shape.column(condition.column()).sql()))
			.collect(Collectors.joining(" AND "));
		return "(" + String.join(", ", columns) + ")"
				+ (behind.isEmpty() ? "" : " INCLUDE (" + String.join(", ", behind) + ")")
				+ (where.isEmpty() ? "" : " WHERE " + where);
	}

	/** A name that says whose the index is, and another one for another definition. */
	private static String name(Rule rule, String table, String use, String definition) {
		String hash = "_%08x".formatted((table + " " + definition).hashCode());
		String whose = ("retention_" + rule.name() + "_" + table + "_" + use).toLowerCase(Locale.ROOT)
			.replaceAll("[^a-z0-9]+", "_");
		return whose.substring(0, Math.min(whose.length(), LONGEST_NAME - hash.length())) + hash;
	}

}
