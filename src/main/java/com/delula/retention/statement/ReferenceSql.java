package com.delula.retention.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.delula.retention.database.SqlTemplate;
import com.delula.retention.rule.Condition;
import com.delula.retention.statement.TableShape.Child;

/** Renders which rows others hold by referring to them. */
final class ReferenceSql {

	private final TableShape shape;

	private final StatementScope scope;

	ReferenceSql(TableShape shape, StatementScope scope) {
		this.shape = shape;
		this.scope = scope;
	}

	/** The conditions of a run that is narrowed, each behind an AND. */
	static String narrowed(TableShape shape, List<String> narrowing) {
		return IntStream.range(0, narrowing.size())
			.mapToObj((i) -> "\n\tAND t." + shape.column(narrowing.get(i)).sql() + " = :narrow" + i)
			.collect(Collectors.joining());
	}

	/** The condition for a table's candidates, on the alias t. */
	static String candidates(TableShape shape) {
		List<Condition> where = shape.table().where();
		return where.isEmpty() ? "true"
				: where.stream()
					.map((condition) -> Literals.condition(condition, "t." + shape.column(condition.column()).sql()))
					.collect(Collectors.joining(" AND "));
	}

	/** Fills the places that speak of references. */
	void fill(SqlTemplate template) {
		List<String> free = new ArrayList<>();
		List<String> held = new ArrayList<>();
		for (Child child : this.shape.children()) {
			String exists = "EXISTS (SELECT FROM " + child.shape().name() + " u WHERE u." + child.column().sql()
					+ " = t." + child.key().sql() + ")";
			free.add("NOT " + exists);
			held.add(exists);
		}
		free.add("NOT " + this.shape.referenced());
		held.add(this.shape.referenced());
		// Not the negation of what holds, of which PostgreSQL would make no anti-join.
		template.with("free", String.join(" AND ", free))
			.with("held", "(" + String.join(" OR ", held) + ")")
			.with("heldInStock", heldBy("c"))
			.with("childJoins", joins("c"));
	}

	/** Whether others hold a row, where the statement has {@link #joins}. */
	String heldBy(String prefix) {
		List<String> held = new ArrayList<>();
		for (int i = 0; i < this.shape.children().size(); i++) {
			held.add(prefix + i + ".ref IS NOT NULL");
		}
		held.add(this.shape.referenced());
		return "(" + String.join(" OR ", held) + ")";
	}

	/**
	 * Joins with what children that stay refer to.
	 * @param prefix begins the names of the joined tables
	 */
	String joins(String prefix) {
		StringBuilder joins = new StringBuilder();
		for (Child child : this.shape.children()) {
			String join = prefix + this.shape.children().indexOf(child);
			joins.append("\nLEFT JOIN (")
				.append(staying(child))
				.append(") ")
				.append(join)
				.append(" ON ")
				.append(join)
				.append(".ref = t.")
				.append(child.key().sql());
		}
		return joins.toString();
	}

	/** What children that stay refer to; those that go first hold nothing. */
	private String staying(Child child) {
		return "SELECT DISTINCT t." + child.column().sql() + " AS ref FROM " + child.shape().name() + " t WHERE ("
				+ going(child.shape()) + ") IS NOT TRUE";
	}

	/**
	 * Whether a row that stays refers to a key, as a run that begins with these would
	 * leave it.
	 * @param key the key as SQL
	 */
	String referring(Child child, String key) {
		return "EXISTS (SELECT FROM " + child.shape().name() + " t WHERE t." + child.column().sql() + " = " + key
				+ " AND (" + going(child.shape(), this::freeOfRows) + ") IS NOT TRUE)";
	}

	/** The same for the row t around it, whose name the inner row t would hide. */
	private String freeOfRows(Child child) {
		return "NOT EXISTS (SELECT FROM (SELECT t." + child.key().sql() + " AS key) r CROSS JOIN "
				+ child.shape().name() + " t WHERE t." + child.column().sql() + " = r.key AND ("
				+ going(child.shape(), this::freeOfRows) + ") IS NOT TRUE)";
	}

	private String going(TableShape child) {
		return going(child, this::notStaying);
	}

	private String notStaying(Child child) {
		return "t." + child.key().sql() + " NOT IN (SELECT x.ref FROM (" + staying(child)
				+ ") x WHERE x.ref IS NOT NULL)";
	}

	/**
	 * The condition under which a row of a child goes.
	 * @param free that no row of a grandchild keeps it
	 */
	private String going(TableShape child, Function<Child, String> free) {
		StringBuilder going = new StringBuilder(candidates(child));
		going.append(this.scope.conditions(child));
		going.append(narrowed(child, this.scope.narrowing()));
		going.append(" AND NOT ").append(child.referenced());
		child.children().forEach((grandchild) -> going.append(" AND ").append(free.apply(grandchild)));
		return going.toString();
	}

}
