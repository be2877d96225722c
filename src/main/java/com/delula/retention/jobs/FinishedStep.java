package com.delula.retention.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Map;

import com.delula.retention.installation.Catalog;
import com.delula.retention.run.BatchResult;
import com.delula.retention.run.Cut;
import com.delula.retention.run.Instants;
import com.delula.retention.run.RetentionStep;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.Slice;
import com.delula.retention.run.Stock;
import com.delula.retention.run.Watermark;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** One step of a job purge: the finished rows of one of the two tables. */
final class FinishedStep implements RetentionStep {

	private final JdbcClient jdbc;

	private final JobSql sql;

	private final RunScope scope;

	private final References references;

	FinishedStep(JdbcClient jdbc, JobSql sql, RunScope scope, References references) {
		this.jdbc = jdbc;
		this.sql = sql;
		this.scope = scope;
		this.references = references;
	}

	@Override
	public String table() {
		return this.sql.table;
	}

	@Override
	public Stock takeStock() {
		return due(this.sql.stock).query((row, index) -> stock(row)).single();
	}

	private Stock stock(ResultSet row) throws SQLException {
		long finished = row.getLong("finished");
		long referenced = row.getLong("referenced");
		return new Stock(finished, finished - referenced, referenced, Instants.ofEpoch(row, "oldest"),
				(finished > 0) ? span() : null, Map.of());
	}

	private Stock.@Nullable Span span() {
		Watermark first = place(this.sql.first);
		Watermark last = place(this.sql.last);
		return (first != null && last != null) ? new Stock.Span(first, last) : null;
	}

	private @Nullable Watermark place(String statement) {
		return due(statement).query(Watermark.class).optional().orElse(null);
	}

	@Override
	public List<Watermark> sample(double percent) {
		if (this.references.distributed()) {
			return List.of();
		}
		return due(this.sql.sample).param("percent", percent).query(Watermark.class).list();
	}

	@Override
	public List<Cut> cut(Slice slice, int rows, int most) {
		return Cut.off(slice, statement(this.sql.cut), rows, most);
	}

	@Override
	public BatchResult remove(Slice slice) {
		hold(slice);
		int removed = slice.bind(due(this.sql.remove)).update();
		return new BatchResult(removed, this.references.possible() ? referencedIn(slice) : 0, Map.of());
	}

	private void hold(Slice slice) {
		switch (this.references.hold()) {
			case NOTHING -> {
			}
			case JOBS -> slice.bind(due(JobSql.HOLD_JOBS)).query(Long.class).single();
			case UPSCALE_JOBS -> this.jdbc.sql(JobSql.HOLD_UPSCALE_JOBS).update();
		}
	}

	private long referencedIn(Slice slice) {
		return slice.bind(due(this.sql.referenced)).query(Long.class).single();
	}

	private StatementSpec due(String statement) {
		return statement(statement).param("before", this.scope.before(), Types.OTHER);
	}

	private StatementSpec statement(String statement) {
		return this.jdbc.sql(JobSql.complete(statement, this.references));
	}

	/**
	 * Conditions for "another table's foreign key protects this row".
	 *
	 * @param own on a row of the step's table, under the alias t
	 * @param upscale on a row of upscale_jobs, under the alias s
	 * @param possible whether rows of the step's table can be held at all
	 * @param hold what a batch has to hold before it looks
	 * @param distributed whether the step's table is spread over a cluster
	 */
	record References(String own, String upscale, boolean possible, Hold hold, boolean distributed) {

		static References ofUpscaleJobs(Catalog catalog) {
			String own = catalog.isReferenced("upscale_jobs", "t", "");
			return new References(own, inStock(catalog), !own.equals(Catalog.NOT_REFERENCED), Hold.NOTHING,
					catalog.isDistributed("upscale_jobs"));
		}

		/** Upscale jobs are looked after by the rule itself. */
		static References ofJobs(Catalog catalog) {
			return new References(catalog.isReferenced("jobs", "t", "upscale_jobs"), inStock(catalog), true,
					hold(catalog), catalog.isDistributed("jobs"));
		}

		private static String inStock(Catalog catalog) {
			return catalog.isReferenced("upscale_jobs", "s", "");
		}

		private static Hold hold(Catalog catalog) {
			if (!catalog.isFollowedBy("jobs", "upscale_jobs") || catalog.isDistributed("jobs")) {
				return Hold.NOTHING;
			}
			return catalog.missingPrivileges("jobs", List.of("UPDATE")).isEmpty() ? Hold.JOBS : Hold.UPSCALE_JOBS;
		}

	}

	/**
	 * Where upscale jobs would go together with their job, none may arrive between being
	 * looked for and the removal. Whoever may not update jobs cannot hold them, and keeps
	 * the whole other table from being written for the time of a batch.
	 */
	enum Hold {

		NOTHING, JOBS, UPSCALE_JOBS

	}

}
