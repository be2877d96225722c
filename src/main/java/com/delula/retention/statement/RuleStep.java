package com.delula.retention.statement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import com.delula.retention.installation.RowCatalog.Image;
import com.delula.retention.rule.Keep;
import com.delula.retention.rule.Rule;
import com.delula.retention.run.BatchResult;
import com.delula.retention.run.Cut;
import com.delula.retention.run.RetentionStep;
import com.delula.retention.run.RowCounts;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.SampledPage;
import com.delula.retention.run.SeriesSql;
import com.delula.retention.run.Slice;
import com.delula.retention.run.Span;
import com.delula.retention.run.Stock;
import com.delula.retention.run.Survey;
import com.delula.retention.run.Watermark;
import com.delula.retention.statement.StatementScope.Newest;
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

	private final JdbcClient jdbc;

	private final RunScope scope;

	private final TableShape shape;

	private final Rule rule;

	private final StatementScope looked;

	private volatile TableSql sql;

	private final boolean rankIndex;

	private final Binder binder;

	private final Removal removal;

	/** How long removed rows are kept; null where they are not. */
	private final @Nullable Duration undo;

	private final @Nullable Image image;

	private volatile boolean written;

	/**
	 * A table's part in a run.
	 * @param rankIndex whether the index by group is there
	 * @param reason the column by which removed rows are counted besides their groups
	 * @param image how a row is kept for an undo window; null where it is not kept
	 */
	RuleStep(JdbcClient jdbc, Rule rule, RunScope scope, TableShape shape, boolean rankIndex, ReasonSql reason,
			@Nullable Image image) {
		this.jdbc = jdbc;
		this.scope = scope;
		this.shape = shape;
		this.rankIndex = rankIndex;
		this.rule = rule;
		this.looked = StatementScope.of(rule, scope, shape);
		this.image = image;
		this.undo = (image != null) ? rule.safeguards().undo() : null;
		this.binder = new Binder(jdbc, scope, this.looked, this.undo != null);
		this.removal = new Removal(jdbc, this.binder, shape, this.looked.group() != null, reason,
				(this.undo == null || image == null) ? null
						: new UndoSql(shape, rule.groupColumn(), this.undo, image.texts()));
		this.sql = new TableSql(shape, this.looked);
	}

	@Override
	public String table() {
		return this.shape.table().name();
	}

	@Override
	public void prepare() {
		if (this.undo != null && this.image != null) {
			this.jdbc.sql(UndoSql.PROMISE)
				.param("run", this.scope.runId())
				.param("undo", this.undo.toSeconds())
				.param("table", table())
				.param("names", this.image.names())
				.update();
		}
		if (!this.looked.ranked()) {
			return;
		}
		this.jdbc.sql(FORGET).param("run", this.scope.runId()).update();
		int groups = this.jdbc.sql(this.sql.keep(this.rankIndex))
			.param("run", this.scope.runId())
			.param("keep", keep())
			.update();
		if (groups > NewestSql.MANY_GROUPS) {
			this.sql = new TableSql(this.shape, this.looked.with(Newest.LOOKED_UP));
		}
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
		return StockSum.of(counting(this.sql.stock(this.written, this.rankIndex)), isGrouped());
	}

	@Override
	public Survey survey(RunScope later, Instant since) {
		AheadSql ahead = new AheadSql(this.shape, StatementScope.of(this.rule, later, this.shape), later.before());
		return StockSum.survey(counting(this.sql.survey(this.written, this.rankIndex, ahead))
			.param("since", since.toString(), Types.OTHER)
			.param("until", this.scope.startedAt().toString(), Types.OTHER), isGrouped());
	}

	private StatementSpec counting(String sql) {
		StatementSpec statement = this.binder.narrowed(sql);
		if (this.looked.ranked()) {
			return this.written ? statement.param("run", this.scope.runId()) : statement.param("keep", keep());
		}
		return statement;
	}

	@Override
	public List<SampledPage> sample(double percent) {
		if (this.shape.distributed()) {
			return List.of();
		}
		return this.binder.aged(this.sql.sample()).param("percent", percent).query(this::page).list();
	}

	private SampledPage page(ResultSet row, int index) throws SQLException {
		return new SampledPage(watermark(row, index), row.getLong("rows"));
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
	public boolean isConcurrent() {
		return !this.removal.locksTables();
	}

	@Override
	public BatchResult remove(Slice slice, boolean unlocked, boolean reasons) {
		RowCounts removed = new RowCounts();
		long rows = this.removal.remove(this.sql, slice, unlocked, reasons, removed);
		return removed.result(rows, this.shape.canBeHeld() ? in(slice, this.sql.countHeld()) : 0);
	}

	@Override
	public Optional<SeriesSql> series() {
		return this.removal.series(this.sql);
	}

	@Override
	public long countDue(Slice slice) {
		return in(slice, this.sql.countFree());
	}

	private long in(Slice slice, String sql) {
		return this.binder.sliced(sql, slice).query(Long.class).single();
	}

}
