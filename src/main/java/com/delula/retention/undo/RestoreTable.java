package com.delula.retention.undo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.delula.retention.installation.RowCatalog.Parent;
import com.delula.retention.run.InstallationIncompleteException;
import org.jspecify.annotations.Nullable;

/** Fills the statements of {@link RestoreSql} for one table as it is now. */
final class RestoreTable {

	private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

	private final Found found;

	private final Map<String, Column> columns;

	RestoreTable(Found found) {
		this.found = found;
		this.columns = found.columns().stream().collect(Collectors.toMap(Column::name, (column) -> column));
		for (String key : found.key()) {
			if (!this.columns.containsKey(key)) {
				throw new InstallationIncompleteException("The kept rows of " + found.table() + " have no column " + key
						+ ", which is its key now. Nothing of it was restored.");
			}
		}
	}

	/** The rule's name of the table. */
	String table() {
		return this.found.table();
	}

	/** A statement for this table; what fills a place is taken as it is. */
	String fill(String sql) {
		return PLACE.matcher(sql).replaceAll((place) -> Matcher.quoteReplacement(part(place.group(1))));
	}

	private String part(String place) {
		return switch (place) {
			case "conflicts" ->
				this.found.deferrable() ? RestoreSql.UNLESS_TAKEN.formatted(taken()) : RestoreSql.ON_CONFLICT;
			case "firstDay" -> this.found.firstDay();
			case "lastDay" -> this.found.lastDay();
			case "name" -> this.found.name();
			case "columns" -> joined(Column::sql);
			case "values" -> joined(Column::value);
			case "keys" -> each((key) -> "CAST(t." + column(key).sql() + " AS text)", ", ");
			case "reason" -> this.found.reason();
			case "taken" -> taken();
			case "parentsThen" -> parents(true);
			case "parents" -> parents(false);
			default -> throw new IllegalArgumentException("Nothing fills " + place);
		};
	}

	private String joined(Function<Column, String> part) {
		return this.found.columns().stream().map(part).collect(Collectors.joining(", "));
	}

	private String each(UnaryOperator<String> part, String between) {
		return this.found.key().stream().map(part).collect(Collectors.joining(between));
	}

	private Column column(String name) {
		Column column = this.columns.get(name);
		if (column == null) {
			throw new IllegalStateException("There is no column " + name);
		}
		return column;
	}

	private String taken() {
		return "EXISTS (SELECT FROM " + this.found.name() + " t WHERE "
				+ each((key) -> "t." + column(key).sql() + " = " + column(key).value(), " AND ") + ")";
	}

	/**
	 * The rows that a row refers to are there.
	 * @param then also those that come back before it
	 */
	private String parents(boolean then) {
		List<String> conditions = new ArrayList<>(List.of("true"));
		for (Needed needed : this.found.parents()) {
			Parent parent = needed.parent();
			if (this.columns.keySet().containsAll(parent.columns())) {
				conditions.add("(" + parent.columns()
					.stream()
					.map((column) -> column(column).value() + " IS NULL OR ")
					.collect(Collectors.joining()) + there(parent) + (then ? comesBack(needed) : "") + ")");
			}
		}
		return String.join(" AND ", conditions);
	}

	private String there(Parent parent) {
		return IntStream.range(0, parent.columns().size())
			.mapToObj((i) -> "p." + quoted(parent.keys().get(i)) + " = " + column(parent.columns().get(i)).value())
			.collect(Collectors.joining(" AND ", "EXISTS (SELECT FROM " + parent.table() + " p WHERE ", ")"));
	}

	/** The values of the reference are the key of a row that the run removed too. */
	private String comesBack(Needed needed) {
		if (needed.keptAs() == null) {
			return "";
		}
		String key = needed.parent()
			.columns()
			.stream()
			.map((column) -> "CAST(" + column(column).value() + " AS text)")
			.collect(Collectors.joining(", "));
		return " OR EXISTS (SELECT FROM retention_undo r WHERE r.run_id = :of AND r.table_name = " + needed.keptAs()
				+ " AND r.row_key = ARRAY[" + key + "])";
	}

	private static String quoted(String name) {
		return "\"" + name.replace("\"", "\"\"") + "\"";
	}

	/**
	 * A table as it is now.
	 *
	 * @param table the rule's name of it
	 * @param name its name as SQL writes it
	 * @param key the columns of its key
	 * @param columns those that can be given a value and were kept
	 * @param parents the rows that its rows refer to
	 * @param reason the SQL of a row's reason as a text
	 * @param deferrable whether {@code ON CONFLICT} would fail
	 * @param firstDay the first day on which kept rows of the run expire
	 * @param lastDay the last such day
	 */
	record Found(String table, String name, List<String> key, List<Column> columns, List<Needed> parents, String reason,
			boolean deferrable, String firstDay, String lastDay) {

	}

	/**
	 * A column that was kept.
	 *
	 * @param name its name
	 * @param sql its name as SQL writes it
	 * @param value its value as SQL, from the array {@code u.row_values}
	 */
	record Column(String name, String sql, String value) {

	}

	/**
	 * A reference to rows that have to be there.
	 *
	 * @param parent the reference
	 * @param keptAs the name of the table under which the same run may have kept its row,
	 * as a literal; null if it is none of the rule's, or the reference is not to its key
	 */
	record Needed(Parent parent, @Nullable String keptAs) {

	}

}
