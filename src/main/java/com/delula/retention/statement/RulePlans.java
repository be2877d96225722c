package com.delula.retention.statement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import com.delula.retention.database.Instants;
import com.delula.retention.installation.Catalog;
import com.delula.retention.installation.RequiredIndex;
import com.delula.retention.installation.RuleStatement;
import com.delula.retention.installation.RuleStatements;
import com.delula.retention.policy.PolicyStore;
import com.delula.retention.rule.Keep;
import com.delula.retention.rule.Policy;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.Trigger;
import com.delula.retention.statement.TableSql.Stretch;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements of a run of now, whose slice is an hour long. */
final class RulePlans implements RuleStatements {

	private static final String NOW = "SELECT extract(epoch FROM clock_timestamp()) AS now";

	private static final String NO_RUN = "00000000-0000-0000-0000-000000000000";

	private final JdbcClient jdbc;

	private final Catalog catalog;

	private final Rules rules;

	private final PolicyStore policies;

	RulePlans(JdbcClient jdbc, Catalog catalog, Rules rules, PolicyStore policies) {
		this.jdbc = jdbc;
		this.catalog = catalog;
		this.rules = rules;
		this.policies = policies;
	}

	@Override
	public List<RuleStatement> statements() {
		List<RuleStatement> statements = new ArrayList<>();
		for (Rule rule : this.rules.all()) {
			Shapes.of(this.catalog, rule).forEach((shape) -> add(rule, shape, statements));
		}
		return statements;
	}

	private void add(Rule rule, TableShape shape, List<RuleStatement> statements) {
		Map<String, @Nullable Object> values = values(rule, shape);
		if (values.isEmpty()) {
			return;
		}
		StatementScope scope = scope(rule, shape, Mode.REGULAR);
		TableSql regular = new TableSql(shape, scope);
		boolean policies = scope.policies().number() != null;
		String table = shape.table().name();
		String time = Indexes.time(rule, shape).name();
		RequiredIndex rank = Indexes.rank(rule, shape);
		if (scope.ranked() && rank != null && !policies) {
			statements.add(new RuleStatement("what each group keeps", table, rank.name(), false,
					regular.stock(false, true), values));
		}
		statements.add(new RuleStatement("the first place of a run", table, time, false, regular.first(Stretch.TIMED),
				values));
		statements
			.add(new RuleStatement("the last place of a run", table, time, false, regular.last(Stretch.TIMED), values));
		statements.add(new RuleStatement("the ends of batches", table, time, true, regular.cut(), values));
		statements.add(new RuleStatement("the removal of a batch" + (policies ? " under policies" : ""), table, time,
				true, regular.remove(false, ReasonSql.NONE), values));
		if (rule.emergency()) {
			TableSql emergency = new TableSql(shape, scope(rule, shape, Mode.EMERGENCY));
			statements.add(new RuleStatement("the removal of an emergency's batch", table, time, true,
					emergency.remove(false, ReasonSql.NONE), values));
		}
	}

	/** What a run of now would look at, under the policies in force. */
	private StatementScope scope(Rule rule, TableShape shape, Mode mode) {
		List<Policy> policies = this.policies.policies(rule.name());
		if (policies.isEmpty()) {
			return StatementScope.own(rule, mode, PolicySql.NONE);
		}
		Instant now = this.jdbc.sql(NOW)
			.query((row, index) -> Objects.requireNonNull(Instants.ofEpoch(row, "now")))
			.single();
		Instant cutoff = now.minus(rule.maxAge());
		RunRequest request = new RunRequest(rule.name(), mode, Trigger.CLI, "doctor", true, Map.of());
		return StatementScope.of(rule,
				new RunScope(UUID.fromString(NO_RUN), request, now, cutoff,
						(mode == Mode.REGULAR && !rule.maxAge().isZero()) ? cutoff.toString() : "infinity", policies),
				shape);
	}

	/** What a run of now would pass; empty while there is no row to try it on. */
	private Map<String, @Nullable Object> values(Rule rule, TableShape shape) {
		Map<String, @Nullable Object> values = new HashMap<>();
		StringBuilder select = new StringBuilder("SELECT CAST(now() - make_interval(secs => :age) AS text) AS last, "
				+ "CAST(now() - make_interval(secs => :age) - interval '1 hour' AS text) AS first");
		for (int i = 0; i < shape.key().size(); i++) {
			select.append(", CAST(t.").append(shape.key().get(i).sql()).append(" AS text) AS key").append(i);
		}
		this.jdbc.sql(select + " FROM " + shape.name() + " t LIMIT 1")
			.param("age", rule.maxAge().toSeconds())
			.query()
			.listOfRows()
			.forEach((row) -> fill(values, row, rule));
		return values;
	}

	private static void fill(Map<String, @Nullable Object> values, Map<String, @Nullable Object> row, Rule rule) {
		Keep keep = rule.keep();
		values.put("keep", (keep != null) ? keep.newest() : 0);
		values.put("before", row.get("last"));
		values.put("firstTime", row.get("first"));
		values.put("lastTime", row.get("last"));
		row.keySet().stream().filter((name) -> name.startsWith("key")).map((name) -> name.substring(3)).forEach((i) -> {
			values.put("firstKey" + i, row.get("key" + i));
			values.put("lastKey" + i, row.get("key" + i));
		});
		values.put("rows", 1000);
		values.put("ahead", 10001);
		values.put("run", NO_RUN);
	}

}
