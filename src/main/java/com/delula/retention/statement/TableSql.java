package com.delula.retention.statement;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.delula.retention.statement.TableShape.Child;
import org.jspecify.annotations.Nullable;

/** Renders the statements of {@link RuleSql} for one table and one run. */
final class TableSql {

	private final TableShape shape;

	private final Scope scope;

	private final Template template = new Template();

	TableSql(TableShape shape, Scope scope) {
		this.shape = shape;
		this.scope = scope;
		keys();
		rule();
		new ReferenceSql(shape, scope.aged(), scope.narrowing()).fill(this.template);
		this.template.with("slice", this.template.fill(RuleSql.SLICE));
	}

	/**
	 * What is due, by group; what the groups keep is looked up for it unless written
	 * down.
	 */
	String stock(boolean written, boolean byIndex) {
		return stock(this.template.copy(), written, byIndex);
	}

	/** The same among all candidates, due or not. */
	String survey(boolean written, boolean byIndex) {
		return stock(this.template.copy().with("counted", ""), written, byIndex);
	}

	private String stock(Template stock, boolean written, boolean byIndex) {
		return stock
			.with("with", this.scope.ranked() ? "WITH kept AS MATERIALIZED (" + keptRows(written, byIndex) + ")\n" : "")
			.with("keptJoin", this.scope.ranked() ? " LEFT JOIN kept k ON k.grp = " + groupKey() : "")
			.fill(RuleSql.STOCK);
	}

	private String keptRows(boolean written, boolean byIndex) {
		return written ? this.template.fill(RuleSql.KEPT) : newest(byIndex);
	}

	private String newest(boolean byIndex) {
		return this.template.fill(byIndex ? RuleSql.KEPT_BY_INDEX : RuleSql.KEPT_BY_RANK);
	}

	/** Writes down what the groups keep. */
	String keep(boolean byIndex) {
		return this.template.copy().with("kept", newest(byIndex)).fill(RuleSql.KEEP);
	}

	String first(Stretch stretch) {
		return stretched(RuleSql.FIRST, stretch);
	}

	String last(Stretch stretch) {
		return stretched(RuleSql.LAST, stretch);
	}

	String sample() {
		return stretched(RuleSql.SAMPLE, Stretch.TIMED);
	}

	private String stretched(String sql, Stretch stretch) {
		String timed = this.shape.time() + (this.scope.aged() ? " < :before" : " < 'infinity'");
		return this.template.copy()
			.with("stretch", (stretch == Stretch.TIMED) ? timed : this.shape.time() + " = 'infinity'")
			.fill(sql);
	}

	String cut() {
		return this.template.fill(RuleSql.CUT);
	}

	/**
	 * Removes; the removed rows' count is the update's, or by group in one row.
	 * @param unlocked only rows that nobody else holds
	 */
	String remove(boolean unlocked) {
		String remove = delete(unlocked);
		if (this.scope.group() == null) {
			return remove;
		}
		if (this.shape.distributed()) {
			return remove + " RETURNING " + group();
		}
		return this.template.copy().with("remove", remove).fill(RuleSql.COUNTED_BY_GROUP);
	}

	/** Removes; the removed rows' count is the update's. */
	String delete(boolean unlocked) {
		return this.template.fill(unlocked ? RuleSql.REMOVE + RuleSql.UNLOCKED : RuleSql.REMOVE);
	}

	/** Removes; answers the removed rows' keys, of which there is one column. */
	String removeForKeys(boolean unlocked) {
		return delete(unlocked) + " RETURNING CAST(" + keys("t.").get(0) + " AS text)";
	}

	/** Whether a row of another table refers to one of the keys. */
	String referring(Child child) {
		return referring(child, "CAST(:gone AS " + child.column().type() + "[])");
	}

	/** The same for keys that are given as SQL. */
	String referring(Child child, String gone) {
		return "SELECT EXISTS (SELECT FROM " + child.shape().name() + " u WHERE u." + child.column().sql() + " = ANY ("
				+ gone + "))";
	}

	/**
	 * Keeps references from arriving at all. Not in a mode that two batches could hold at
	 * a time: each would keep the other from removing what cascades.
	 */
	String lock(Child child) {
		return "LOCK TABLE " + child.shape().name() + " IN SHARE ROW EXCLUSIVE MODE";
	}

	String countFree() {
		return this.template.fill(RuleSql.COUNT_FREE);
	}

	String countHeld() {
		return this.template.fill(RuleSql.COUNT_HELD);
	}

	/**
	 * Holds the rows of a slice.
	 * @param unlocked only those that nobody else holds
	 */
	String hold(boolean unlocked) {
		return this.template.copy().with("skipping", unlocked ? " SKIP LOCKED" : "").fill(RuleSql.HOLD);
	}

	private void keys() {
		this.template.with("table", this.shape.name())
			.with("time", this.shape.time())
			.with("keys", String.join(", ", keys("t.")))
			.with("keysDescending", keys("t.").stream().map((key) -> key + " DESC").collect(Collectors.joining(", ")))
			.with("keyTexts", each((i) -> "CAST(" + keys("t.").get(i) + " AS text) AS key" + i))
			.with("keyColumns", each((i) -> keys("t.").get(i) + " AS key" + i))
			.with("sampledTexts", each((i) -> "CAST(s.key" + i + " AS text) AS key" + i))
			.with("sampledKeys", each((i) -> "s.key" + i))
			.with("nextKeys", each((i) -> "lead(s.key" + i + ") OVER walk AS next_key" + i))
			.with("cutTexts",
					each((i) -> "CAST(c.key" + i + " AS text) AS key" + i + ", CAST(c.next_key" + i
							+ " AS text) AS next_key" + i))
			.with("cutKeys", each((i) -> "c.key" + i))
			.with("firstKeys", each((i) -> ":firstKey" + i))
			.with("lastKeys", each((i) -> ":lastKey" + i))
			.with("keptKeys", each(
					(i) -> "CAST(w.kept_key[" + (i + 1) + "] AS " + this.shape.key().get(i).type() + ") AS key" + i))
			.with("keptValues",
					each((i) -> "CAST(w.kept_key[" + (i + 1) + "] AS " + this.shape.key().get(i).type() + ")"))
			.with("keptTexts", each((i) -> "CAST(k.key" + i + " AS text)"))
			.with("fromInstant", fromInstant())
			.with("toInstant", toInstant());
	}

	private List<String> keys(String alias) {
		return this.shape.key().stream().map((key) -> alias + key.sql()).toList();
	}

	private String each(IntFunction<String> key) {
		return IntStream.range(0, this.shape.key().size()).mapToObj(key).collect(Collectors.joining(", "));
	}

	private String fromInstant() {
		return switch (this.shape.timeType()) {
			case "timestamp with time zone" -> "w.kept_at";
			case "date" -> "CAST(w.kept_at AT TIME ZONE 'UTC' AS date)";
			default -> "w.kept_at AT TIME ZONE 'UTC'";
		};
	}

	private String toInstant() {
		return switch (this.shape.timeType()) {
			case "timestamp with time zone" -> "k.kept_at";
			case "date" -> "CAST(k.kept_at AS timestamp) AT TIME ZONE 'UTC'";
			default -> "k.kept_at AT TIME ZONE 'UTC'";
		};
	}

	private void rule() {
		String aged = this.scope.aged() ? "\n\tAND " + this.shape.time() + " < :before" : "";
		String narrowed = ReferenceSql.narrowed(this.shape, this.scope.narrowing());
		String behind = "(" + this.shape.time() + ", " + String.join(", ", keys("t.")) + ") < (k.kept_at, "
				+ each((i) -> "k.key" + i) + ")";
		boolean ranked = this.scope.ranked();
		boolean joined = ranked && !this.scope.manyGroups();
		this.template.with("groupKey", groupKey());
		String behindKept = "\n\tAND (" + this.shape.time() + ", " + String.join(", ", keys("t.")) + ") < "
				+ this.template.fill(RuleSql.KEPT_OF_ROW);
		this.template.with("candidates", ReferenceSql.candidates(this.shape))
			.with("group", group())
			.with("aged", aged)
			.with("narrowed", narrowed)
			.with("ranked", joined ? "\n\tAND k.grp = " + groupKey() + " AND " + behind : ranked ? behindKept : "")
			.with("due", "true" + aged + narrowed + (ranked ? "\n\tAND " + behind : ""))
			// All candidates are counted where groups are told of.
			.with("counted", (this.scope.group() == null) ? aged + narrowed : "");
		this.template.with("using", joined ? " USING (" + this.template.fill(RuleSql.KEPT) + ") k" : "")
			.with("from", joined ? " CROSS JOIN (" + this.template.fill(RuleSql.KEPT) + ") k" : "");
	}

	private String group() {
		String group = this.scope.group();
		return (group != null) ? "t." + this.shape.column(group).sql() : "CAST(NULL AS text)";
	}

	/**
	 * A text that no group shares with the rows without one, because NULL joins nothing.
	 */
	private String groupKey() {
		return (this.scope.group() != null) ? "coalesce('=' || " + group() + ", '')" : "''";
	}

	/** The parts of a walk: rows with a time, and behind them those without. */
	enum Stretch {

		TIMED, UNTIMED

	}

	/**
	 * What a run looks at.
	 *
	 * @param aged whether age matters
	 * @param ranked whether the newest rows stay
	 * @param manyGroups whether there are so many groups that what each keeps is looked
	 * up row by row
	 * @param group the column that forms groups, by its name; null without
	 * @param narrowing the columns that the run is narrowed by
	 */
	record Scope(boolean aged, boolean ranked, boolean manyGroups, @Nullable String group, List<String> narrowing) {
	}

}
