package com.delula.retention.statement;

import java.util.List;

import com.delula.retention.rule.Keep;
import com.delula.retention.rule.Rule;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RunScope;
import org.jspecify.annotations.Nullable;

/**
 * What a run looks at.
 *
 * @param aged whether the rule's own age matters
 * @param ranked whether the newest rows stay
 * @param newest how a batch tells which rows are among the newest
 * @param group the column that forms groups, by its name; null without
 * @param narrowing the columns that the run is narrowed by
 * @param policies what the policies in force say
 */
record StatementScope(boolean aged, boolean ranked, Newest newest, @Nullable String group, List<String> narrowing,
		PolicySql policies) {

	/** What a run looks at in a table. */
	static StatementScope of(Rule rule, RunScope scope, TableShape shape) {
		PoliciesInForce policies = new PoliciesInForce(rule, scope, shape);
		List<String> narrowing = rule.narrowBy()
			.stream()
			.filter((column) -> scope.request().options().containsKey(Rule.optionName(column)))
			.toList();
		return new StatementScope(!scope.before().equals("infinity"), policies.ranked(), Newest.HASHED,
				rule.groupColumn(), narrowing, policies.sql());
	}

	/** A run by a rule's own settings. */
	static StatementScope own(Rule rule, Mode mode, PolicySql policies) {
		Keep keep = rule.keep();
		boolean regular = mode == Mode.REGULAR;
		return new StatementScope(regular && !rule.maxAge().isZero(), regular && keep != null && keep.newest() > 0,
				Newest.HASHED, rule.groupColumn(), List.of(), policies);
	}

	/** The same, with the newest told apart in another way. */
	StatementScope with(Newest way) {
		return new StatementScope(this.aged, this.ranked, way, this.group, this.narrowing, this.policies);
	}

	/** The same, ranked or not. */
	StatementScope withRank(boolean newestStay) {
		return new StatementScope(this.aged, newestStay, this.newest, this.group, this.narrowing, this.policies);
	}

	/** Whether rows without a time may be due. */
	boolean untimed() {
		return this.policies.untimed(this.aged);
	}

	/** The conditions that age and holds make on a table, each behind an AND. */
	String conditions(TableShape shape) {
		return this.policies.conditions(shape, this.aged);
	}

	/** How a batch tells which rows are among the newest of their group. */
	enum Newest {

		/**
		 * The groups that keep no row of the slice are hashed first; rows of others are
		 * looked up. Distributed tables are joined instead, because an extension may
		 * refuse a subquery for each row.
		 */
		HASHED,

		/**
		 * All rows are joined with what their groups keep: for slices so long that most
		 * groups keep a row of them.
		 */
		JOINED,

		/** All rows are looked up: for so many groups that to hash them costs more. */
		LOOKED_UP

	}

}
