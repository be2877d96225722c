package com.delula.retention.statement;

import com.delula.retention.database.SqlTemplate;
import com.delula.retention.statement.TableShape.Child;

/** Renders the statements of {@link RuleSql} for one table and one run. */
final class TableSql {

	private final TableShape shape;

	private final StatementScope scope;

	private final KeySql key;

	private final NewestSql newest;

	private final SqlTemplate template = new SqlTemplate();

	TableSql(TableShape shape, StatementScope scope) {
		this.shape = shape;
		this.scope = scope;
		this.key = new KeySql(shape);
		this.newest = new NewestSql(shape, scope, this.key);
		this.key.fill(this.template);
		rule();
		new ReferenceSql(shape, scope).fill(this.template);
		this.template.with("slice", this.template.fill(RuleSql.SLICE));
	}

	/**
	 * What is due, by group; what the groups keep is looked up for it unless written
	 * down.
	 */
	String stock(boolean written, boolean byIndex) {
		if (byIndex && isCountedByIndex()) {
			return joined(this.template.copy(), written, byIndex).with("among", this.newest.among("k"))
				.fill(RuleSql.STOCK_BY_INDEX);
		}
		return stock(this.template.copy(), written, byIndex);
	}

	private boolean isCountedByIndex() {
		return this.scope.ranked() && this.scope.group() != null && this.scope.policies().number() == null
				&& !this.shape.canBeHeld() && !this.shape.distributed();
	}

	/** The same among all candidates, due or not, with a look ahead at a later run. */
	String survey(boolean written, boolean byIndex, AheadSql ahead) {
		SqlTemplate survey = this.template.copy().with("counted", "");
		ahead.fill(survey, this.scope.policies().ranked(this.newest.behind("k")), this.scope.ranked());
		return stock(survey, written, byIndex);
	}

	/**
	 * Rows that can go, in the order of removal, at most {@code :most}.
	 * @param columns what is told of each besides, each column behind a comma
	 */
	String listDue(boolean byIndex, String columns) {
		return joined(this.template.copy(), false, byIndex).with("columns", columns).fill(RuleSql.LIST_DUE);
	}

	/** Rows that can go by the values of a column, most first, {@code :most} values. */
	String dueBy(boolean byIndex, String column) {
		return joined(this.template.copy(), false, byIndex).with("column", column).fill(RuleSql.DUE_BY);
	}

	private String stock(SqlTemplate stock, boolean written, boolean byIndex) {
		return joined(stock, written, byIndex).fill(RuleSql.STOCK);
	}

	private SqlTemplate joined(SqlTemplate stock, boolean written, boolean byIndex) {
		return stock
			.with("with", this.scope.ranked() ? "WITH kept AS MATERIALIZED (" + keptRows(written, byIndex) + ")\n" : "")
			.with("keptJoin", this.scope.ranked() ? " LEFT JOIN kept k ON k.grp = " + this.newest.groupKey() : "");
	}

	private String keptRows(boolean written, boolean byIndex) {
		return written ? this.template.fill(RuleSql.KEPT) : kept(byIndex);
	}

	private String kept(boolean byIndex) {
		boolean one = this.scope.policies().number() == null;
		return this.template.fill(byIndex && one ? RuleSql.KEPT_BY_INDEX : RuleSql.KEPT_BY_RANK);
	}

	/** Writes down what the groups keep. */
	String keep(boolean byIndex) {
		return this.template.copy().with("kept", kept(byIndex)).fill(RuleSql.KEEP);
	}

	/**
	 * How a row fares, for a statement in which there are several answers.
	 * @param suffix ends the names that the answer brings along
	 */
	Fate fate(String suffix, boolean byIndex) {
		String kept = "k_" + suffix;
		ReferenceSql references = new ReferenceSql(this.shape, this.scope);
		boolean ranked = this.scope.ranked();
		String due = "true" + this.scope.conditions(this.shape)
				+ ReferenceSql.narrowed(this.shape, this.scope.narrowing())
				+ (ranked ? this.scope.policies().ranked(this.newest.behind(kept)) : "");
		return new Fate(ranked ? "kept_" + suffix + " AS MATERIALIZED (" + kept(byIndex) + ")" : "",
				(ranked ? " LEFT JOIN kept_" + suffix + " " + kept + " ON " + kept + ".grp = " + this.newest.groupKey()
						: "") + references.joins("c_" + suffix),
				"CASE WHEN " + due + " THEN CASE WHEN " + references.heldBy("c_" + suffix) + " THEN 2 ELSE 1 END END");
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
		String timed = this.shape.time() + " < " + this.scope.policies().youngest(this.scope.aged());
		return this.template.copy()
			.with("stretch", (stretch == Stretch.TIMED) ? timed : this.shape.time() + " = 'infinity'")
			.fill(sql);
	}

	String cut() {
		return this.template.fill(RuleSql.CUT);
	}

	/**
	 * Removes; the removed rows' count is the update's, or by group and reason in one
	 * row.
	 * @param unlocked only rows that nobody else holds
	 */
	String remove(boolean unlocked, ReasonSql reason) {
		String remove = delete(unlocked);
		if (this.scope.group() == null && !reason.counted()) {
			return remove;
		}
		if (this.shape.distributed()) {
			return remove + " RETURNING " + this.newest.group() + ", " + reason.value();
		}
		return reason.fill(this.template.copy()).with("remove", remove).fill(RuleSql.COUNTED_BY_GROUP);
	}

	/** Removes; the removed rows' count is the update's. */
	String delete(boolean unlocked) {
		return this.template.fill(unlocked ? RuleSql.REMOVE + RuleSql.UNLOCKED : RuleSql.REMOVE);
	}

	/** Removes; answers the removed rows' keys, of which there is one column. */
	String removeForKeys(boolean unlocked) {
		return delete(unlocked) + " RETURNING CAST(" + this.key.columns().get(0) + " AS text)";
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
	static String lock(String table) {
		return "LOCK TABLE " + table + " IN SHARE ROW EXCLUSIVE MODE";
	}

	String countFree() {
		return this.template.fill(RuleSql.COUNT_FREE);
	}

	String countHeld() {
		return this.template.fill(RuleSql.COUNT_HELD);
	}

	/**
	 * Holds the rows of a slice. A join would hold what it joins with, too.
	 * @param unlocked only those that nobody else holds
	 */
	String hold(boolean unlocked) {
		return this.template.copy()
			.with("ranked", this.newest.byLook(this.template))
			.with("skipping", unlocked ? " SKIP LOCKED" : "")
			.fill(RuleSql.HOLD);
	}

	private void rule() {
		PolicySql policies = this.scope.policies();
		String aged = this.scope.conditions(this.shape);
		String narrowed = ReferenceSql.narrowed(this.shape, this.scope.narrowing());
		String behind = this.newest.behind("k");
		boolean ranked = this.scope.ranked();
		boolean joined = this.newest.joined();
		this.template.with("groupKey", this.newest.groupKey());
		this.template.with("candidates", ReferenceSql.candidates(this.shape))
			.with("group", this.newest.group())
			.with("aged", aged)
			.with("narrowed", narrowed)
			.with("ranked", this.newest.inBatch(this.template))
			.with("due", "true" + aged + narrowed + (ranked ? policies.ranked(behind) : ""))
			// All candidates are counted where groups are told of.
			.with("counted", (this.scope.group() == null) ? aged + narrowed : "")
			.with("rankedColumn", policies.rankedColumn())
			.with("rankedBy", policies.rankedBy())
			.with("rankedName", policies.rankedName())
			.with("keep", policies.keep())
			.with("aheadSums", "")
			.with("ahead", "")
			.with("aheadJoins", "");
		String kept = this.template.fill(RuleSql.KEPT) + policies.keptByNone(this.key.withoutValues());
		this.template.with("using", joined ? " USING (" + kept + ") k" : "")
			.with("from", joined ? " CROSS JOIN (" + kept + ") k" : "");
	}

	/**
	 * How a row fares.
	 *
	 * @param with what the statement begins with
	 * @param joins what the table is joined with
	 * @param sql 1 for a row that can go, 2 for one that is due and held by others
	 */
	record Fate(String with, String joins, String sql) {

	}

	/** The parts of a walk: rows with a time, and behind them those without. */
	enum Stretch {

		TIMED, UNTIMED

	}

}
