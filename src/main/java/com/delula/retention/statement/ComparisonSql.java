package com.delula.retention.statement;

import com.delula.retention.database.SqlTemplate;
import com.delula.retention.rule.Keep;
import com.delula.retention.rule.Rule;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.StockChange;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Compares what is due in a table under two sets of policies, in one look. */
final class ComparisonSql {

	private static final String COMPARE = """
			{with}SELECT count(*) FILTER (WHERE r.before = 1) AS due_before,
				count(*) FILTER (WHERE r.after = 1) AS due_after,
				count(*) FILTER (WHERE r.after = 1 AND r.before IS DISTINCT FROM 1) AS more,
				count(*) FILTER (WHERE r.before = 1 AND r.after IS DISTINCT FROM 1) AS fewer
			FROM (SELECT {before} AS before, {after} AS after
				FROM {table} t{joins}
				WHERE {candidates}) r
			""";

	private final JdbcClient jdbc;

	private final Rule rule;

	private final TableShape shape;

	private final boolean rankIndex;

	ComparisonSql(JdbcClient jdbc, Rule rule, TableShape shape, boolean rankIndex) {
		this.jdbc = jdbc;
		this.rule = rule;
		this.shape = shape;
		this.rankIndex = rankIndex;
	}

	/** What becomes due, and what no longer is. */
	StockChange compare(RunScope before, RunScope after) {
		StatementScope now = StatementScope.of(this.rule, before, this.shape);
		TableSql.Fate old = fate(now, "old");
		TableSql.Fate changed = fate(StatementScope.of(this.rule, after, this.shape), "new");
		String with = old.with() + (old.with().isEmpty() || changed.with().isEmpty() ? "" : ", ") + changed.with();
		String sql = new SqlTemplate().with("with", with.isEmpty() ? "" : "WITH " + with + "\n")
			.with("before", old.sql())
			.with("after", changed.sql())
			.with("table", this.shape.name())
			.with("joins", old.joins() + changed.joins())
			.with("candidates", ReferenceSql.candidates(this.shape))
			.fill(COMPARE);
		Keep keep = this.rule.keep();
		return new Binder(this.jdbc, before, now, false).narrowed(sql)
			.param("keep", (keep != null) ? keep.newest() : 0)
			.query(StockChange.class)
			.single();
	}

	private TableSql.Fate fate(StatementScope scope, String suffix) {
		return new TableSql(this.shape, scope).fate(suffix, this.rankIndex);
	}

}
