package com.delula.retention.statement;

import com.delula.retention.rule.Rule;
import com.delula.retention.run.RunScope;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What it takes to look at rows of a table without removing any.
 *
 * @param shape the table
 * @param policies the policies that the run would take along
 * @param scope the run's conditions
 * @param binder gives statements their values
 * @param sql the statements that look
 */
record LookParts(TableShape shape, PoliciesInForce policies, StatementScope scope, Binder binder, RowSql sql) {

	static LookParts of(JdbcClient jdbc, Rule rule, RunScope scope, TableShape shape) {
		PoliciesInForce policies = new PoliciesInForce(rule, scope, shape);
		StatementScope looked = StatementScope.of(rule, scope, shape);
		return new LookParts(shape, policies, looked, new Binder(jdbc, scope, looked, false),
				new RowSql(shape, looked, policies.holder()));
	}

}
