package com.delula.retention.statement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.delula.retention.rule.Keep;
import com.delula.retention.rule.Rule;
import com.delula.retention.run.BatchResult;
import com.delula.retention.run.Cut;
import com.delula.retention.run.LateReferenceException;
import com.delula.retention.run.RetentionStep;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.Slice;
import com.delula.retention.run.Span;
import com.delula.retention.run.Stock;
import com.delula.retention.run.Watermark;
import com.delula.retention.statement.TableShape.Bond;
import com.delula.retention.statement.TableShape.Child;
import com.delula.retention.statement.TableSql.Stretch;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** One table's part in one run of a rule. */
final class RuleStep implements RetentionStep {

	/** What a dead run left behind goes too. */
	private static final String FORGET = """
			DELETE FROM retention_kept k
			WHERE k.run_id = :run OR NOT EXISTS (SELECT FROM retention_run r WHERE r.id = k.run_id AND r.status = 'running')
			""";

	/**
	 * Groups up to which a batch joins with what all of them keep; 1,000 cost it 0.3 ms.
	 * With more, a look for each row costs less.
	 */
	private static final int MANY_GROUPS = 5_000;

	private final JdbcClient jdbc;

	private final RunScope scope;

	private final TableShape shape;

	private final Rule rule;

	private final StatementScope looked;

	private volatile TableSql sql;

	private final boolean rankIndex;

	private final Binder binder;

	private volatile boolean written;

	RuleStep(JdbcClient jdbc, Rule rule, RunScope scope, TableShape shape, boolean rankIndex) {
		this.jdbc = jdbc;
		this.scope = scope;
		this.shape = shape;
		this.rankIndex = rankIndex;
		this.rule = rule;
		this.looked = StatementScope.of(rule, scope, shape);
		this.binder = new Binder(jdbc, scope, this.looked);
		this.sql = new TableSql(shape, this.looked);
	}

	@Override
	public String table() {
		return this.shape.table().name();
	}

	@Override
	public void prepare() {
		if (!this.looked.ranked()) {
			return;
		}
		this.jdbc.sql(FORGET).param("run", this.scope.runId()).update();
		int groups = this.jdbc.sql(this.sql.keep(this.rankIndex))
			.param("run", this.scope.runId())
			.param("keep", keep())
			.update();
		this.sql = new TableSql(this.shape, this.looked.withManyGroups(groups > MANY_GROUPS));
		this.written = true;
	}

	/** How many of the newest stay by the rule itself. */
	private int keep() {
		Keep keep = this.rule.keep();
		return (keep != null) ? keep.newest() : 0;
	}

	private boolean isGrouped() {
		return this.looked.group() != null;
	}

	@Override
	public List<Span> spans() {
		List<Span> spans = new ArrayList<>();
		addSpan(Stretch.TIMED, spans);
		if (this.looked.untimed()) {
			addSpan(Stretch.UNTIMED, spans);
		}
		return spans;
	}

	private void addSpan(Stretch stretch, List<Span> spans) {
		Watermark last = place(this.sql.last(stretch));
		Watermark first = (last != null) ? place(this.sql.first(stretch)) : null;
		if (first != null && last != null) {
			spans.add(new Span(first, last, stretch == Stretch.TIMED));
		}
	}

	private @Nullable Watermark place(String statement) {
		return this.binder.aged(statement).query(this::watermark).optional().orElse(null);
	}

	private Watermark watermark(ResultSet row, int index) throws SQLException {
		return Objects.requireNonNull(Watermark.of(row, "", this.shape.key().size()));
	}

	@Override
	public Stock takeStock() {
		return count(this.sql.stock(this.written, this.rankIndex));
	}

	@Override
	public Stock survey() {
		return count(this.sql.survey(this.written, this.rankIndex));
	}

	private Stock count(String sql) {
		StatementSpec statement = this.binder.narrowed(sql);
		if (this.looked.ranked()) {
			statement = this.written ? statement.param("run", this.scope.runId()) : statement.param("keep", keep());
		}
		return StockSum.of(statement, isGrouped());
	}

	@Override
	public List<Watermark> sample(double percent) {
		if (this.shape.distributed()) {
			return List.of();
		}
		return this.binder.aged(this.sql.sample()).param("percent", percent).query(this::watermark).list();
	}

	@Override
	public List<Cut> cut(Slice slice, int rows, int most) {
		return slice.bind(this.jdbc.sql(this.sql.cut()))
			.param("rows", rows)
			.param("ahead", rows * most + 1)
			.query((row, index) -> new Cut(watermark(row, index), Watermark.of(row, "next_", this.shape.key().size())))
			.list();
	}

	@Override
	public boolean canSkipLocked() {
		return this.shape.mayUpdate() && !this.shape.distributed();
	}

	@Override
	public BatchResult remove(Slice slice, boolean unlocked) {
		hold(slice, unlocked);
		Map<@Nullable String, Long> removed = new HashMap<>();
		long rows = children(Bond.NONE).isEmpty() ? removeCounting(slice, unlocked, removed)
				: removeLooking(slice, unlocked);
		return new BatchResult(rows, this.shape.canBeHeld() ? in(slice, this.sql.countHeld()) : 0, removed);
	}

	@Override
	public long countDue(Slice slice) {
		return in(slice, this.sql.countFree());
	}

	private long in(Slice slice, String sql) {
		return this.binder.sliced(sql, slice).query(Long.class).single();
	}

	private long removeCounting(Slice slice, boolean unlocked, Map<@Nullable String, Long> removed) {
		StatementSpec statement = this.binder.sliced(this.sql.remove(unlocked), slice);
		if (!isGrouped()) {
			return statement.update();
		}
		boolean each = this.shape.distributed();
		statement.query((row) -> {
			GroupCounts.add(row, each, removed);
		});
		return removed.values().stream().mapToLong(Long::longValue).sum();
	}

	/**
	 * Looks once more, after the removal, for rows that refer to what is gone: those that
	 * were committed in the meantime undo the batch.
	 */
	private long removeLooking(Slice slice, boolean unlocked) {
		List<String> gone = this.binder.sliced(this.sql.removeForKeys(unlocked), slice).query(String.class).list();
		for (Child child : children(Bond.NONE)) {
			if (!gone.isEmpty() && isReferred(child, gone)) {
				throw new LateReferenceException(table());
			}
		}
		return gone.size();
	}

	private boolean isReferred(Child child, List<String> gone) {
		String[] keys = gone.toArray(String[]::new);
		return this.jdbc.sql(this.sql.referring(child)).param("gone", keys).query(Boolean.class).single();
	}

	private List<Child> children(Bond bond) {
		return this.shape.children().stream().filter((child) -> child.bond() == bond).toList();
	}

	/**
	 * Where rows that refer would go together with theirs, none may arrive between being
	 * looked for and the removal. Whoever may not lock the rows keeps the whole other
	 * table from being written for the time of a batch.
	 */
	private void hold(Slice slice, boolean unlocked) {
		List<Child> following = children(Bond.FOLLOWING);
		if (following.isEmpty() || this.shape.distributed()) {
			return;
		}
		if (this.shape.mayUpdate()) {
			in(slice, this.sql.hold(unlocked));
			return;
		}
		following.forEach((child) -> this.jdbc.sql(this.sql.lock(child)).update());
	}

}
