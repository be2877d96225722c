package com.delula.retention.statement;

import java.util.Set;

import com.delula.retention.database.SqlTemplate;
import com.delula.retention.statement.StatementScope.Newest;
import org.jspecify.annotations.Nullable;

/** Renders how a row is told from the newest of its group, which stay. */
final class NewestSql {

	/**
	 * Groups up to which a batch looks once which of them keep no row of it. With more, a
	 * look for each row costs less.
	 */
	static final int MANY_GROUPS = 5_000;

	/** Types that are hashed and compared for less than their text. */
	private static final Set<String> DIRECT = Set.of("smallint", "integer", "bigint", "uuid");

	private final TableShape shape;

	private final StatementScope scope;

	private final KeySql key;

	NewestSql(TableShape shape, StatementScope scope, KeySql key) {
		this.shape = shape;
		this.scope = scope;
		this.key = key;
	}

	/** A row's group. */
	String group() {
		String group = this.scope.group();
		return (group != null) ? "t." + this.shape.column(group).sql() : "CAST(NULL AS text)";
	}

	/**
	 * A text that no group shares with the rows without one, because NULL joins nothing.
	 * Cast, because to append anything but text counts as a function that may change,
	 * which Citus refuses in a coalesce.
	 */
	String groupKey() {
		return this.scope.policies()
			.keptBy((this.scope.group() != null) ? "coalesce('=' || CAST(" + group() + " AS text), '')" : "''");
	}

	/** That a row sorts behind the oldest that stays. */
	String behind(String kept) {
		return this.key.place() + " < (" + kept + ".kept_at, " + this.key.each((i) -> kept + ".key" + i) + ")";
	}

	/** That a row is among those of its group that stay. */
	String among(String kept) {
		return this.key.place() + " >= (" + kept + ".kept_at, " + this.key.each((i) -> kept + ".key" + i) + ")";
	}

	/** Whether a batch's rows are joined with what their groups keep. */
	boolean joined() {
		boolean joins = this.scope.newest() == Newest.JOINED
				|| (this.scope.newest() == Newest.HASHED && this.shape.distributed());
		return this.scope.ranked() && joins;
	}

	/** That a row sorts behind the oldest that stays, behind an AND, in a batch. */
	String inBatch(SqlTemplate template) {
		return joined() ? "\n\tAND k.grp = " + groupKey() + this.scope.policies().ranked(behind("k"))
				: byLook(template);
	}

	/** The same, looked up in what the run has written down. */
	String byLook(SqlTemplate template) {
		if (!this.scope.ranked()) {
			return "";
		}
		String looked = this.key.place() + " < " + template.fill(RuleSql.KEPT_OF_ROW);
		boolean hashed = this.scope.newest() == Newest.HASHED;
		return this.scope.policies().ranked(hashed ? "(" + behindSlice(template) + " OR " + looked + ")" : looked);
	}

	/** A row whose group is hashed by itself is looked up if it has none. */
	private String behindSlice(SqlTemplate template) {
		String type = directType();
		return template.copy()
			.with("manyGroups", String.valueOf(MANY_GROUPS))
			.with("keptGroup", (type != null) ? group() : groupKey())
			.with("keptName", (type != null) ? "CAST(substr(w.grp, 2) AS " + type + ")" : "w.grp")
			.with("keptNamed", (type != null) ? " AND w.grp <> ''" : "")
			.fill(RuleSql.KEPT_BEHIND_SLICE);
	}

	/** The type of groups that are hashed by themselves; null where their text is. */
	private @Nullable String directType() {
		String group = this.scope.group();
		if (group == null || this.scope.policies().number() != null) {
			return null;
		}
		String type = this.shape.column(group).type();
		return DIRECT.contains(type) ? type : null;
	}

}
