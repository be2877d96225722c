package com.delula.retention.statement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import com.delula.retention.database.SqlTemplate;
import com.delula.retention.installation.Catalog;
import com.delula.retention.installation.RequiredIndex;
import com.delula.retention.installation.RowCatalog;
import com.delula.retention.policy.PolicyStore;
import com.delula.retention.rule.Policy;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.RuleTable;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RetentionStep;
import com.delula.retention.run.RetentionTask;
import com.delula.retention.run.RowVerdict;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.StockChange;
import com.delula.retention.run.TaskRows;
import com.delula.retention.undo.Restores;

import org.springframework.jdbc.core.simple.JdbcClient;

/** A rule as the engine runs it. */
final class RuleTask implements RetentionTask {

	/** So many values are kept with a run, and take a batch no time. */
	private static final long MOST_REASONS = 1_000;

	private final JdbcClient jdbc;

	private final Catalog catalog;

	private final PolicyStore policies;

	private final Rule rule;

	RuleTask(JdbcClient jdbc, Catalog catalog, PolicyStore policies, Rule rule) {
		this.jdbc = jdbc;
		this.catalog = catalog;
		this.policies = policies;
		this.rule = rule;
	}

	@Override
	public Rule rule() {
		return this.rule;
	}

	@Override
	public String name() {
		return this.rule.name();
	}

	@Override
	public String ledgerType() {
		return this.rule.ledgerType();
	}

	@Override
	public Set<Mode> modes() {
		return Mode.of(this.rule);
	}

	@Override
	public List<String> tables() {
		return this.rule.tableNames();
	}

	@Override
	public Duration age(RunRequest request) {
		if (request.mode() != Mode.REGULAR) {
			return Duration.ZERO;
		}
		String hours = request.options().get(Rule.HOURS);
		return (hours != null) ? Duration.ofHours(Long.parseLong(hours)) : this.rule.maxAge();
	}

	@Override
	public List<Policy> policies() {
		return this.policies.policies(this.rule.name());
	}

	@Override
	public void check(RunRequest request) {
		if (request.mode() == Mode.RESTORE) {
			new Restores(this.jdbc, this.catalog, this.rule).check(request);
		}
	}

	@Override
	public List<RetentionStep> steps(RunScope scope) {
		if (scope.request().mode() == Mode.RESTORE) {
			return new Restores(this.jdbc, this.catalog, this.rule).steps(scope);
		}
		List<TableShape> shapes = Shapes.of(this.catalog, this.rule);
		boolean keeps = UndoWindow.of(this.rule, shapes) != null;
		return shapes.stream().<RetentionStep>map((shape) -> step(shape, scope, keeps)).toList();
	}

	private RuleStep step(TableShape shape, RunScope scope, boolean keeps) {
		RowCatalog.Image image = keeps ? new RowCatalog(this.jdbc).image(shape.name()) : null;
		return new RuleStep(this.jdbc, this.rule, scope, shape, hasRankIndex(shape), reason(shape), image);
	}

	/** Where there are many values, to count by them would slow down batches. */
	private ReasonSql reason(TableShape shape) {
		String column = this.rule.reasonColumn();
		boolean few = column != null && shape.columns().containsKey(column)
				&& new RowCatalog(this.jdbc).distinctValues(shape.name(), column) <= MOST_REASONS;
		return (column != null && few) ? new ReasonSql(shape.column(column).sql()) : ReasonSql.NONE;
	}

	private boolean hasRankIndex(TableShape shape) {
		RequiredIndex rank = Indexes.rank(this.rule, shape);
		return rank != null && !shape.distributed()
				&& this.catalog.isValidIndex(rank.table(), rank.name()).orElse(false);
	}

	@Override
	public StockChange compare(RunScope before, RunScope after) {
		return Shapes.of(this.catalog, this.rule)
			.stream()
			.map((shape) -> new ComparisonSql(this.jdbc, this.rule, shape, hasRankIndex(shape)).compare(before, after))
			.reduce(StockChange.NONE, StockChange::plus);
	}

	@Override
	public RowVerdict explain(RunScope scope, String table, String key) {
		TableShape shape = Shapes.of(this.catalog, this.rule)
			.stream()
			.filter((candidate) -> candidate.table().name().equals(table))
			.findFirst()
			.orElseThrow();
		return new RowLook(this.jdbc, this.catalog, this.rule, scope, LookParts.of(this.jdbc, this.rule, scope, shape))
			.at(key);
	}

	@Override
	public TaskRows rows(RunScope scope) {
		return new RuleRows(this.jdbc, this.catalog, this.rule, scope, this::hasRankIndex);
	}

	@Override
	public long countAll() {
		return Shapes.of(this.catalog, this.rule)
			.stream()
			.map((shape) -> new SqlTemplate().with("table", shape.name()).fill(RuleSql.ALL))
			.mapToLong((sql) -> this.jdbc.sql(sql).query(Long.class).single())
			.sum();
	}

	@Override
	public String summary(Run run) {
		String what = (run.mode() == Mode.EMERGENCY) ? this.rule.emergencyTitle() : this.rule.title();
		if (run.restores()) {
			return what + " restore "
					+ (run.dryRun() ? "counted (dry run): " + run.rowsDue() + " rows would be restored"
							: run.ending() + ": " + run.rowsRestored() + " rows restored");
		}
		if (run.dryRun()) {
			return what + " counted (dry run): " + run.rowsDue() + " " + nouns() + " would be deleted";
		}
		return what + " " + run.ending() + ": " + removed(run) + " deleted";
	}

	/** Parents come first, as people think of them. */
	private List<RuleTable> parentsFirst() {
		List<RuleTable> tables = new ArrayList<>(this.rule.tables());
		Collections.reverse(tables);
		return tables;
	}

	private String nouns() {
		return String.join(" and ", parentsFirst().stream().map(RuleTable::noun).toList());
	}

	private String removed(Run run) {
		return String.join(", ",
				parentsFirst().stream().map((table) -> run.removedFrom(table.name()) + " " + table.noun()).toList());
	}

}
