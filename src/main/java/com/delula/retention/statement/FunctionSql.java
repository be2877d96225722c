package com.delula.retention.statement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.delula.retention.database.SqlLiteral;
import com.delula.retention.database.SqlTemplate;
import com.delula.retention.installation.Catalog;
import com.delula.retention.installation.ForeignKeySql;
import com.delula.retention.installation.RequiredIndex;
import com.delula.retention.installation.RowCatalog;
import com.delula.retention.rule.Rule;
import com.delula.retention.run.Mode;
import com.delula.retention.statement.StatementScope.Newest;
import com.delula.retention.statement.TableShape.Bond;
import com.delula.retention.statement.TableShape.Child;
import com.delula.retention.statement.TableShape.Column;
import com.delula.retention.statement.TableSql.Stretch;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ClassPathResource;

/**
 * Writes the function that carries out a rule inside the database. Its statements are
 * those of {@link TableSql}, as templates of {@code format()}: types of keys and foreign
 * keys of other tables are looked up when it is called.
 */
public final class FunctionSql {

	/** Found in each function that was written here. */
	public static final String SIGN = "Written by the retention service from the rule ";

	private static final String FRAME = "function.sql";

	/** What becomes of the policies, which are looked up when it is called. */
	private static final String POLICIES = "function-policies.sql";

	/**
	 * How many rows are tried at a time where their keys have to be remembered for a look
	 * at who refers to them.
	 */
	private static final String MOST_REMEMBERED = "100000";

	private final Catalog catalog;

	private final Rule rule;

	private final String ledgerUser;

	/**
	 * Writes a rule's function.
	 * @param ledgerUser the user to whose account runs are booked
	 */
	public FunctionSql(Catalog catalog, Rule rule, String ledgerUser) {
		this.catalog = catalog;
		this.rule = rule;
		this.ledgerUser = ledgerUser;
	}

	/** The name of a rule's function. */
	public static String name(Rule rule) {
		return "retention_run_" + rule.name().replace('-', '_');
	}

	/** The function's text for this database, whatever the role that asks. */
	public String body() {
		List<TableShape> shapes = Shapes.of(this.catalog, this.rule);
		Duration undo = UndoWindow.of(this.rule, shapes);
		String steps = IntStream.range(0, shapes.size())
			.mapToObj((i) -> step(i, shapes.get(i), undo))
			.collect(Collectors.joining(", "));
		SqlTemplate template = FunctionLimits.of(this.rule)
			.with("rule", this.rule.name())
			.with("task", Literals.of(this.rule.name()))
			.with("windows", WindowSql.refusal(this.rule))
			.with("ledgerType", Literals.of(this.rule.ledgerType()))
			.with("ledgerName", Literals.of(this.rule.ledgerName()))
			.with("ledgerUser", Literals.of(this.ledgerUser))
			.with("maxAge", String.format(Locale.ROOT, "%.3f", this.rule.maxAge().toMillis() / 1000.0))
			.with("narrowBy", text(this.rule.narrowBy()))
			.with("ownKeep", String.valueOf((this.rule.keep() != null) ? this.rule.keep().newest() : 0))
			.with("steps", steps)
			.with("undo", UndoWindow.interval(this.rule, shapes))
			.with("rowImage", RowCatalog.IMAGE.replace(":table", "step ->> 'relation'").strip())
			.with("references",
					ForeignKeySql.REFERENCES.replace(":table", "step ->> 'relation'")
						.replace(":alias", "'t'")
						.replace(":except", "ARRAY(SELECT jsonb_array_elements_text(step -> 'children'))")
						.replace(":tied", names(shapes)))
			.with("tied", names(shapes))
			.with("descriptionLength", ledger(Catalog.MAX_LENGTH).replace(":column", Literals.of("description")))
			.with("withoutDefault", ledger(Catalog.WITHOUT_DEFAULT))
			.with("columns", ledger(Catalog.COLUMNS));
		return template.with("policies", template.fill(text(POLICIES)).stripTrailing()).fill(text(FRAME));
	}

	private static String names(List<TableShape> shapes) {
		return text(shapes.stream().map(TableShape::name).toList());
	}

	private static String text(List<String> values) {
		return values.stream().map(Literals::of).collect(Collectors.joining(", ", "CAST(ARRAY[", "] AS text[])"));
	}

	private static String ledger(String sql) {
		return sql.replace(":table", Literals.of("credit_transactions"));
	}

	private static String text(String file) {
		try {
			return new ClassPathResource(file, FunctionSql.class).getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String step(int place, TableShape found, @Nullable Duration undo) {
		TableShape shape = lookedUpLater(found);
		StatementScope own = StatementScope.own(this.rule, Mode.REGULAR, PolicySql.NONE).with(Newest.JOINED);
		StatementScope excepted = StatementScope.own(this.rule, Mode.REGULAR, PolicySql.LATER)
			.with(Newest.JOINED)
			.withRank(this.rule.tables().size() == 1);
		TableSql sql = new TableSql(shape, own);
		Map<String, String> parts = new LinkedHashMap<>();
		parts.put("place", Literals.of(String.valueOf(place)));
		parts.put("table", Literals.of(shape.table().name()));
		parts.put("relation", Literals.of(shape.name()));
		parts.put("key", array(shape.key().stream().map((key) -> Literals.of(key.sql()))));
		parts.put("children", array(shape.children().stream().map((child) -> Literals.of(child.shape().name()))));
		// Citus takes no recursive look from group to group over several shards.
		RequiredIndex rank = (own.ranked() && !found.distributed()) ? Indexes.rank(this.rule, found) : null;
		if (rank != null) {
			parts.put("rankIndex", Literals.of(rank.qualifiedName()));
		}
		List<Child> unprotected = unprotected(shape);
		parts.put("cut", statement(cut(sql, shape), shape));
		parts.put("looks", array(unprotected.stream().map((child) -> statement(sql.referring(child, ":gone"), shape))));
		parts.put("most", unprotected.isEmpty() ? "NULL" : MOST_REMEMBERED);
		removal(sql, own, shape, undo, parts);
		Map<String, String> others = new LinkedHashMap<>();
		removal(new TableSql(shape, excepted), excepted, shape, undo, others);
		parts.put("underPolicies", object(others));
		return object(parts);
	}

	/** The statements that look at age, rank and policies. */
	private void removal(TableSql sql, StatementScope scope, TableShape shape, @Nullable Duration undo,
			Map<String, String> parts) {
		if (scope.ranked()) {
			parts.put("keep", statement(sql.keep(false), shape));
			parts.put("keepByIndex", statement(sql.keep(this.rule.groupColumn() != null), shape));
		}
		parts.put("walks", array(walks(sql, scope.aged() && scope.policies().limit() == null, shape)));
		parts.put("stock", statement(stock(sql), shape));
		if (!shape.distributed()) {
			parts.put("hold", statement(sql.hold(false), shape));
		}
		boolean looks = !unprotected(shape).isEmpty();
		parts.put("remove", statement(UndoWindow.removal(sql, shape, this.rule, undo, looks), shape));
		parts.put("held", statement(sql.countHeld(), shape));
	}

	private static List<Child> unprotected(TableShape shape) {
		return shape.children().stream().filter((child) -> child.bond() == Bond.NONE).toList();
	}

	/** What is looked up when the function is called is an argument. */
	private static TableShape lookedUpLater(TableShape shape) {
		List<Column> key = IntStream.range(0, shape.key().size())
			.mapToObj((i) -> new Column(shape.key().get(i).sql(), ":keyType" + i, shape.key().get(i).nullable()))
			.toList();
		return new TableShape(shape.table(), shape.name(), shape.columns(), key, shape.times(), shape.time(),
				shape.timeType(), ":referenced", shape.children(), shape.followers(), shape.distributed(),
				shape.mayUpdate());
	}

	/** Rows with a time; where age does not matter, behind them those without. */
	private Stream<String> walks(TableSql sql, boolean timedOnly, TableShape shape) {
		Stream<Stretch> stretches = timedOnly ? Stream.of(Stretch.TIMED) : Stream.of(Stretch.TIMED, Stretch.UNTIMED);
		return stretches.map((stretch) -> {
			Map<String, String> ends = new LinkedHashMap<>();
			ends.put("first", statement(place(sql.first(stretch), shape), shape));
			ends.put("last", statement(place(sql.last(stretch), shape), shape));
			return object(ends);
		});
	}

	private static String place(String sql, TableShape shape) {
		return "SELECT p.time, " + keys("p.key", shape) + " FROM (" + sql + ") p";
	}

	private static String cut(TableSql sql, TableShape shape) {
		return "SELECT p.time, " + keys("p.key", shape) + " AS key, p.next_time, " + keys("p.next_key", shape)
				+ " AS next_key FROM (" + sql.cut() + ") p";
	}

	private static String keys(String prefix, TableShape shape) {
		return IntStream.range(0, shape.key().size())
			.mapToObj((i) -> prefix + i)
			.collect(Collectors.joining(", ", "ARRAY[", "]"));
	}

	private static String stock(TableSql sql) {
		return "SELECT coalesce(sum(g.candidates), 0) AS candidates, coalesce(sum(g.due), 0) AS due,"
				+ " coalesce(sum(g.referenced), 0) AS referenced FROM (" + sql.stock(true, false) + ") g";
	}

	private String statement(String sql, TableShape shape) {
		return SqlLiteral.dollarQuoted(FunctionArguments.template(sql, shape.key().size(), this.rule.keep()));
	}

	private static String object(Map<String, String> parts) {
		return parts.entrySet()
			.stream()
			.map((part) -> Literals.of(part.getKey()) + ", " + part.getValue())
			.collect(Collectors.joining(",\n\t\t", "jsonb_build_object(", ")"));
	}

	private static String array(Stream<String> values) {
		return values.collect(Collectors.joining(", ", "jsonb_build_array(", ")"));
	}

}
