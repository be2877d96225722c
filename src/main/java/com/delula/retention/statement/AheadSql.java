package com.delula.retention.statement;

import com.delula.retention.database.SqlTemplate;

/** Renders what a survey tells of a later run. */
final class AheadSql {

	private final TableShape shape;

	private final StatementScope scope;

	private final String before;

	/**
	 * Looks ahead.
	 * @param scope what the later run looks at
	 * @param before rows older than this are due then; {@code infinity} for any
	 */
	AheadSql(TableShape shape, StatementScope scope, String before) {
		this.shape = shape;
		this.scope = scope;
		this.before = Literals.of(before);
	}

	/**
	 * Fills the places of a stock that looks ahead.
	 * @param behind the condition that a row is not among the newest, behind an AND
	 * @param ranked whether the newest rows stay
	 */
	void fill(SqlTemplate stock, String behind, boolean ranked) {
		ReferenceSql references = new ReferenceSql(this.shape, this.scope);
		stock.with("dueAhead", then("true" + this.scope.conditions(this.shape)) + (ranked ? behind : ""))
			.with("heldAhead", then(references.heldBy("a")));
		stock.with("ahead", stock.fill(RuleSql.AHEAD))
			.with("aheadJoins", then(references.joins("a")))
			.with("aheadSums", RuleSql.AHEAD_SUMS);
	}

	/** The same at the later time, which the statement cannot bind a second time. */
	private String then(String sql) {
		return sql.replace(":before", this.before);
	}

}
