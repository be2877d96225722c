package com.delula.retention.statement;

import java.sql.Types;
import java.util.List;

import com.delula.retention.rule.Rule;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.Slice;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Passes what a run has fixed to a statement: literals without a type. */
final class Binder {

	private final JdbcClient jdbc;

	private final RunScope scope;

	private final List<String> narrowing;

	private final boolean told;

	/**
	 * Binds for one run.
	 * @param told whether statements that look at a slice are told the run
	 */
	Binder(JdbcClient jdbc, RunScope scope, List<String> narrowing, boolean told) {
		this.jdbc = jdbc;
		this.scope = scope;
		this.narrowing = narrowing;
		this.told = told;
	}

	/** Whether age matters in this run. */
	boolean isAged() {
		return !this.scope.before().equals("infinity");
	}

	/** A statement that knows the rule's age. */
	StatementSpec aged(String sql) {
		StatementSpec statement = this.jdbc.sql(sql);
		return isAged() ? statement.param("before", this.scope.before(), Types.OTHER) : statement;
	}

	/** A statement that besides knows what the run is narrowed to. */
	StatementSpec narrowed(String sql) {
		StatementSpec statement = aged(sql);
		for (int i = 0; i < this.narrowing.size(); i++) {
			String option = Rule.optionName(this.narrowing.get(i));
			statement = statement.param("narrow" + i, this.scope.request().options().get(option), Types.OTHER);
		}
		return statement;
	}

	/** A statement that looks at a slice. */
	StatementSpec sliced(String sql, Slice slice) {
		StatementSpec statement = slice.bind(narrowed(sql));
		return this.told ? statement.param("run", this.scope.runId()) : statement;
	}

}
