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
 * @param manyGroups whether there are so many groups that what each keeps is looked up
 * row by row
 * @param group the column that forms groups, by its name; null without
 * @param narrowing the columns that the run is narrowed by
 * @param policies what the policies in force say
 */
record StatementScope(boolean aged, boolean ranked, boolean manyGroups, @Nullable String group, List<String> narrowing,
		PolicySql policies) {

	/** What a run looks at in a table. */
	static StatementScope of(Rule rule, RunScope scope, TableShape shape) {
		PoliciesInForce policies = new PoliciesInForce(rule, scope, shape);
		List<String> narrowing = rule.narrowBy()
			.stream()
			.filter((column) -> scope.request().options().containsKey(Rule.optionName(column)))
			.toList();
		return new StatementScope(!scope.before().equals("infinity"), policies.ranked(), false, rule.groupColumn(),
				narrowing, policies.sql());
	}

	/** A run by a rule's own settings. */
	static StatementScope own(Rule rule, Mode mode, PolicySql policies) {
		Keep keep = rule.keep();
		boolean regular = mode == Mode.REGULAR;
		return new StatementScope(regular && !rule.maxAge().isZero(), regular && keep != null && keep.newest() > 0,
				false, rule.groupColumn(), List.of(), policies);
	}

	/** The same with what was found out about groups. */
	StatementScope withManyGroups(boolean many) {
		return new StatementScope(this.aged, this.ranked, many, this.group, this.narrowing, this.policies);
	}

	/** The same, ranked or not. */
	StatementScope withRank(boolean newestStay) {
		return new StatementScope(this.aged, newestStay, this.manyGroups, this.group, this.narrowing, this.policies);
	}

	/** Whether rows without a time may be due. */
	boolean untimed() {
		return this.policies.untimed(this.aged);
	}

	/** The conditions that age and holds make on a table, each behind an AND. */
	String conditions(TableShape shape) {
		return this.policies.conditions(shape, this.aged);
	}

}
