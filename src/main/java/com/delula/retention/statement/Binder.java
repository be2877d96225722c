package com.delula.retention.statement;

import java.sql.Types;
import java.util.HashMap;
import java.util.Map;

import com.delula.retention.database.SqlLiteral;
import com.delula.retention.rule.Rule;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.SeriesSql;
import com.delula.retention.run.Slice;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Passes what a run has fixed to a statement: literals without a type. */
final class Binder {

	private final JdbcClient jdbc;

	private final RunScope scope;

	private final StatementScope looked;

	private final boolean keeps;

	/**
	 * Binds for one run.
	 * @param keeps whether what it removes is kept, under its id
	 */
	Binder(JdbcClient jdbc, RunScope scope, StatementScope looked, boolean keeps) {
		this.keeps = keeps;
		this.jdbc = jdbc;
		this.scope = scope;
		this.looked = looked;
	}

	/** A statement that knows the rule's age. */
	StatementSpec aged(String sql) {
		StatementSpec statement = this.jdbc.sql(sql);
		return this.looked.aged() ? statement.param("before", this.scope.before(), Types.OTHER) : statement;
	}

	/** A statement that besides knows what the run is narrowed to. */
	StatementSpec narrowed(String sql) {
		StatementSpec statement = aged(sql);
		for (int i = 0; i < this.looked.narrowing().size(); i++) {
			String option = Rule.optionName(this.looked.narrowing().get(i));
			statement = statement.param("narrow" + i, this.scope.request().options().get(option), Types.OTHER);
		}
		return statement;
	}

	/** A statement that looks at a slice. */
	StatementSpec sliced(String sql, Slice slice) {
		StatementSpec statement = slice.bind(narrowed(sql));
		return (this.looked.ranked() || this.keeps) ? statement.param("run", this.scope.runId()) : statement;
	}

	/**
	 * A statement that looks at a slice, with values instead of parameters; the ends of
	 * the slice are called as in {@link SeriesSql}.
	 * @param keys how many columns the key has
	 */
	String inlined(String sql, int keys) {
		Map<String, String> values = new HashMap<>();
		values.put("before", SqlLiteral.of(this.scope.before()));
		values.put("run", "CAST(" + SqlLiteral.of(this.scope.runId().toString()) + " AS uuid)");
		for (int i = 0; i < this.looked.narrowing().size(); i++) {
			String option = Rule.optionName(this.looked.narrowing().get(i));
			values.put("narrow" + i, SqlLiteral.of(String.valueOf(this.scope.request().options().get(option))));
		}
		values.put("firstTime", "slice_first_time");
		values.put("lastTime", "slice_last_time");
		for (int i = 0; i < keys; i++) {
			values.put("firstKey" + i, "slice_first_key" + i);
			values.put("lastKey" + i, "slice_last_key" + i);
		}
		return SqlLiteral.inline(sql, values);
	}

}
