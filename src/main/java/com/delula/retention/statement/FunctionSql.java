package com.delula.retention.statement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.delula.retention.installation.Catalog;
import com.delula.retention.installation.ForeignKeySql;
import com.delula.retention.installation.RequiredIndex;
import com.delula.retention.installation.RowCatalog;
import com.delula.retention.rule.Keep;
import com.delula.retention.rule.Rule;
import com.delula.retention.statement.TableShape.Bond;
import com.delula.retention.statement.TableShape.Child;
import com.delula.retention.statement.TableShape.Column;
import com.delula.retention.statement.TableSql.Scope;
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

	/** The arguments that come before those of the key's columns, in their order. */
	private static final List<String> ARGUMENTS = List.of("before", "run", "referenced", "firstTime", "lastTime",
			"rows", "ahead", "gone");

	/** Those that are SQL or numbers, not values. */
	private static final Pattern RAW = Pattern.compile("referenced|rows|ahead|keyType\\d+");

	/** A text, a quoted name or a cast, which hold no argument; or an argument. */
	private static final Pattern ARGUMENT = Pattern.compile("'[^']*'|\"[^\"]*\"|::|:([A-Za-z]+)(\\d*)");

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

	/** A text as SQL between dollars that it does not contain. */
	public static String dollarQuoted(String text) {
		String tag = "$sql$";
		for (int i = 0; text.contains(tag); i++) {
			tag = "$sql" + i + "$";
		}
		return tag + text + tag;
	}

	/** The function's text for this database, whatever the role that asks. */
	public String body() {
		List<TableShape> shapes = Shapes.of(this.catalog, this.rule);
		Duration undo = UndoWindow.of(this.rule, shapes);
		String steps = IntStream.range(0, shapes.size())
			.mapToObj((i) -> step(i, shapes.get(i), undo))
			.collect(Collectors.joining(", "));
		return new Template().with("rule", this.rule.name())
			.with("task", Literals.of(this.rule.name()))
			.with("ledgerType", Literals.of(this.rule.ledgerType()))
			.with("ledgerName", Literals.of(this.rule.ledgerName()))
			.with("ledgerUser", Literals.of(this.ledgerUser))
			.with("maxAge", String.format(Locale.ROOT, "%.3f", this.rule.maxAge().toMillis() / 1000.0))
			.with("steps", steps)
			.with("undo", UndoWindow.interval(this.rule, shapes))
			.with("rowImage", RowCatalog.IMAGE.replace(":table", "step ->> 'relation'").strip())
			.with("references",
					ForeignKeySql.REFERENCES.replace(":table", "step ->> 'relation'")
						.replace(":alias", "'t'")
						.replace(":except", "ARRAY(SELECT jsonb_array_elements_text(step -> 'children'))")
						.replace(":tied", names(shapes)))
			.with("descriptionLength", ledger(Catalog.MAX_LENGTH).replace(":column", Literals.of("description")))
			.with("withoutDefault", ledger(Catalog.WITHOUT_DEFAULT))
			.with("columns", ledger(Catalog.COLUMNS))
			.fill(frame());
	}

	private static String names(List<TableShape> shapes) {
		return shapes.stream()
			.map((shape) -> Literals.of(shape.name()))
			.collect(Collectors.joining(", ", "ARRAY[", "]"));
	}

	private static String ledger(String sql) {
		return sql.replace(":table", Literals.of("credit_transactions"));
	}

	private static String frame() {
		try {
			return new ClassPathResource(FRAME, FunctionSql.class).getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String step(int place, TableShape found, @Nullable Duration undo) {
		TableShape shape = lookedUpLater(found);
		Keep keep = this.rule.keep();
		boolean ranked = keep != null && keep.newest() > 0;
		TableSql sql = new TableSql(shape,
				new Scope(!this.rule.maxAge().isZero(), ranked, false, this.rule.groupColumn(), List.of()));
		List<Child> unprotected = shape.children().stream().filter((child) -> child.bond() == Bond.NONE).toList();
		Map<String, String> parts = new LinkedHashMap<>();
		parts.put("place", Literals.of(String.valueOf(place)));
		parts.put("table", Literals.of(shape.table().name()));
		parts.put("relation", Literals.of(shape.name()));
		parts.put("key", array(shape.key().stream().map((key) -> Literals.of(key.sql()))));
		parts.put("children", array(shape.children().stream().map((child) -> Literals.of(child.shape().name()))));
		if (ranked) {
			RequiredIndex rank = Indexes.rank(this.rule, found);
			if (rank != null) {
				parts.put("rankIndex", Literals.of(rank.qualifiedName()));
			}
			parts.put("keep", statement(sql.keep(false), shape));
			parts.put("keepByIndex", statement(sql.keep(this.rule.groupColumn() != null), shape));
		}
		parts.put("walks", array(walks(sql, shape)));
		parts.put("stock", statement(stock(sql), shape));
		parts.put("cut", statement(cut(sql, shape), shape));
		if (!shape.distributed()) {
			parts.put("hold", statement(sql.hold(false), shape));
		}
		parts.put("locks", array(shape.children().stream().map((child) -> dollarQuoted(sql.lock(child)))));
		parts.put("remove", statement(UndoWindow.removal(sql, shape, this.rule, undo, !unprotected.isEmpty()), shape));
		parts.put("looks", array(unprotected.stream().map((child) -> statement(sql.referring(child, ":gone"), shape))));
		parts.put("most", unprotected.isEmpty() ? "NULL" : MOST_REMEMBERED);
		parts.put("held", statement(sql.countHeld(), shape));
		return object(parts);
	}

	/** What is looked up when the function is called is an argument. */
	private static TableShape lookedUpLater(TableShape shape) {
		List<Column> key = IntStream.range(0, shape.key().size())
			.mapToObj((i) -> new Column(shape.key().get(i).sql(), ":keyType" + i, shape.key().get(i).nullable()))
			.toList();
		return new TableShape(shape.table(), shape.name(), shape.columns(), key, shape.times(), shape.time(),
				shape.timeType(), ":referenced", shape.children(), shape.distributed(), shape.mayUpdate());
	}

	/** Rows with a time; where age does not matter, behind them those without. */
	private Stream<String> walks(TableSql sql, TableShape shape) {
		Stream<Stretch> stretches = this.rule.maxAge().isZero() ? Stream.of(Stretch.TIMED, Stretch.UNTIMED)
				: Stream.of(Stretch.TIMED);
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

	/** A statement as a template of {@code format()}. */
	private String statement(String sql, TableShape shape) {
		Matcher matcher = ARGUMENT.matcher(sql.strip().replace("%", "%%"));
		StringBuilder template = new StringBuilder();
		while (matcher.find()) {
			String place = (matcher.group(1) != null) ? argument(matcher.group(1), matcher.group(2), shape.key().size())
					: matcher.group();
			matcher.appendReplacement(template, Matcher.quoteReplacement(place));
		}
		return dollarQuoted(matcher.appendTail(template).toString());
	}

	private String argument(String name, String number, int keys) {
		Keep keep = this.rule.keep();
		if (name.equals("keep") && keep != null) {
			return String.valueOf(keep.newest());
		}
		List<String> perKey = List.of("keyType", "firstKey", "lastKey");
		int place = number.isEmpty() ? ARGUMENTS.indexOf(name)
				: ARGUMENTS.size() + perKey.indexOf(name) * keys + Integer.parseInt(number);
		if (place < 0) {
			throw new IllegalStateException("A function has no argument :" + name);
		}
		return "%" + (place + 1) + "$" + (RAW.matcher(name + number).matches() ? "s" : "L");
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
