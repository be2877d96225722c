package com.delula.retention.backlog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.delula.retention.installation.Catalog;
import com.delula.retention.run.BatchResult;
import com.delula.retention.run.Cut;
import com.delula.retention.run.GroupCount;
import com.delula.retention.run.Instants;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RetentionStep;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.Slice;
import com.delula.retention.run.Stock;
import com.delula.retention.run.Watermark;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The one step of a backlog cleanup: the failures among the generations. */
final class BacklogStep implements RetentionStep {

	private static final String TABLE = "generations";

	private static final JsonMapper JSON = new JsonMapper();

	/** Rows of one statement, some hundred kilobytes. */
	private static final int KEPT_AT_ONCE = 2_000;

	private final JdbcClient jdbc;

	private final BacklogProperties properties;

	private final RunScope scope;

	private final BacklogOptions options;

	private final boolean emergency;

	private final boolean distributed;

	private final String referenced;

	private final List<Kept> kept = new ArrayList<>();

	private final String remove;

	private final String snapshotEnd;

	private final String inProgress;

	BacklogStep(JdbcClient jdbc, Catalog catalog, BacklogProperties properties, RunScope scope) {
		this.jdbc = jdbc;
		this.properties = properties;
		this.scope = scope;
		this.options = BacklogOptions.of(scope.request());
		this.emergency = scope.request().mode() == Mode.EMERGENCY;
		this.distributed = catalog.isDistributed(TABLE);
		this.referenced = catalog.isReferenced(TABLE, "g", "");
		String remove = this.emergency ? BacklogSql.REMOVE_EMERGENCY : BacklogSql.REMOVE_REGULAR;
		this.remove = this.distributed ? remove : BacklogSql.counted(remove);
		Map<String, Object> open = jdbc.sql(BacklogSql.IN_PROGRESS).query().singleRow();
		this.snapshotEnd = String.valueOf(open.get("snapshot_end"));
		this.inProgress = String.valueOf(open.get("in_progress"));
	}

	@Override
	public String table() {
		return TABLE;
	}

	@Override
	public Stock takeStock() {
		Sum sum = new Sum();
		for (String sql : stockStatements()) {
			narrowed(sql).param("before", this.scope.before(), Types.OTHER)
				.param("keep", this.properties.keepPerRecipe())
				.query((row) -> {
					add(row, sum);
				});
		}
		return new Stock(sum.failed, sum.due, sum.referenced, sum.oldest,
				(sum.due + sum.referenced > 0) ? span() : null, sum.groups);
	}

	private List<String> stockStatements() {
		return this.emergency ? List.of(BacklogSql.EMERGENCY_STOCK)
				: List.of(BacklogSql.REGULAR_STOCK, BacklogSql.REGULAR_STOCK_WITHOUT_RECIPE);
	}

	private void add(ResultSet row, Sum sum) throws SQLException {
		String recipe = row.getString("recipe_id");
		long failed = row.getLong("failed");
		long due = row.getLong("due");
		long held = row.getLong("referenced");
		sum.failed += failed;
		sum.due += due;
		sum.referenced += held;
		if (due + held == 0) {
			return;
		}
		if (due > 0) {
			sum.groups.put(recipe, new GroupCount(failed, due));
			sum.older(Instants.ofEpoch(row, "oldest"));
		}
		if (!this.emergency) {
			this.kept.add(new Kept(recipe, row.getString("kept_at"), row.getString("kept_id")));
		}
	}

	private Stock.@Nullable Span span() {
		Watermark first = place(BacklogSql.FIRST);
		Watermark last = place(BacklogSql.LAST);
		return (first != null && last != null) ? new Stock.Span(first, last) : null;
	}

	private @Nullable Watermark place(String sql) {
		return statement(sql).param("before", this.scope.before(), Types.OTHER)
			.query(Watermark.class)
			.optional()
			.orElse(null);
	}

	@Override
	public void prepare() {
		this.jdbc.sql(BacklogSql.FORGET_KEPT).update();
		for (int i = 0; i < this.kept.size(); i += KEPT_AT_ONCE) {
			List<Kept> some = this.kept.subList(i, Math.min(i + KEPT_AT_ONCE, this.kept.size()));
			this.jdbc.sql(BacklogSql.KEEP)
				.param("run", this.scope.runId())
				.param("kept", JSON.writeValueAsString(some))
				.update();
		}
		this.kept.clear();
	}

	@Override
	public List<Watermark> sample(double percent) {
		if (this.distributed) {
			return List.of();
		}
		return statement(BacklogSql.SAMPLE).param("percent", percent)
			.param("before", this.scope.before(), Types.OTHER)
			.query(Watermark.class)
			.list();
	}

	@Override
	public List<Cut> cut(Slice slice, int rows, int most) {
		return Cut.off(slice, statement(BacklogSql.CUT), rows, most);
	}

	@Override
	public BatchResult remove(Slice slice) {
		Map<@Nullable String, Long> removed = new HashMap<>();
		sliced(this.remove, slice).query((row) -> {
			if (this.distributed) {
				removed.merge(row.getString(1), 1L, Long::sum);
			}
			else {
				count(row, removed);
			}
		});
		long sum = removed.values().stream().mapToLong(Long::longValue).sum();
		return new BatchResult(sum, referencedIn(slice), removed);
	}

	private static void count(ResultSet row, Map<@Nullable String, Long> removed) throws SQLException {
		String[] recipes = (String[]) row.getArray("recipes").getArray();
		Long[] rows = (Long[]) row.getArray("removed").getArray();
		for (int i = 0; i < recipes.length; i++) {
			removed.put(recipes[i], rows[i]);
		}
	}

	private long referencedIn(Slice slice) {
		if (this.referenced.equals(Catalog.NOT_REFERENCED)) {
			return 0;
		}
		return sliced(this.emergency ? BacklogSql.REFERENCED_EMERGENCY : BacklogSql.REFERENCED_REGULAR, slice)
			.query(Long.class)
			.single();
	}

	private StatementSpec sliced(String sql, Slice slice) {
		StatementSpec statement = slice.bind(narrowed(sql));
		if (!this.emergency) {
			statement = statement.param("run", this.scope.runId()).param("before", this.scope.before(), Types.OTHER);
		}
		if (this.distributed) {
			return statement.param("startedAt", this.scope.startedAt().toString(), Types.OTHER);
		}
		return statement.param("snapshotEnd", this.snapshotEnd, Types.OTHER)
			.param("inProgress", this.inProgress, Types.OTHER);
	}

	private StatementSpec narrowed(String sql) {
		return statement(sql).param("recipeId", this.options.recipeId(), Types.OTHER)
			.param("failureReason", this.options.failureReason(), Types.OTHER);
	}

	private StatementSpec statement(String sql) {
		return this.jdbc.sql(BacklogSql.complete(sql, this.distributed, this.referenced))
			.param("user", this.properties.userId(), Types.OTHER);
	}

	/** The oldest failure of a recipe that is kept. */
	private record Kept(@JsonProperty("recipe_id") @Nullable String recipeId, @JsonProperty("kept_at") String keptAt,
			@JsonProperty("kept_id") String keptId) {

	}

	/** Adds up while the rows stream by. */
	private static final class Sum {

		private long failed;

		private long due;

		private long referenced;

		private @Nullable Instant oldest;

		private final Map<@Nullable String, GroupCount> groups = new HashMap<>();

		private void older(@Nullable Instant time) {
			if (time != null && (this.oldest == null || time.isBefore(this.oldest))) {
				this.oldest = time;
			}
		}

	}

}
