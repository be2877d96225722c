package com.delula.retention.jobs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.delula.retention.installation.Catalog;
import com.delula.retention.installation.RuleStatement;
import com.delula.retention.installation.RuleStatements;
import com.delula.retention.jobs.FinishedStep.References;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements of a purge of now, whose slices are an hour long. */
final class JobStatements implements RuleStatements {

	private static final String SLICE = """
			SELECT CAST((now() - make_interval(secs => :age) - interval '1 hour') AT TIME ZONE 'UTC' AS text) AS first_time,
				CAST((now() - make_interval(secs => :age)) AT TIME ZONE 'UTC' AS text) AS last_time,
				(SELECT CAST(j.id AS text) FROM jobs j LIMIT 1) AS job_id,
				(SELECT CAST(u.id AS text) FROM upscale_jobs u LIMIT 1) AS upscale_job_id
			""";

	private final JdbcClient jdbc;

	private final Catalog catalog;

	private final PurgeProperties properties;

	JobStatements(JdbcClient jdbc, Catalog catalog, PurgeProperties properties) {
		this.jdbc = jdbc;
		this.catalog = catalog;
		this.properties = properties;
	}

	@Override
	public List<RuleStatement> statements() {
		Slice slice = this.jdbc.sql(SLICE)
			.param("age", this.properties.maxAge().toSeconds())
			.query(Slice.class)
			.single();
		return Stream
			.concat(statements(JobSql.UPSCALE_JOBS, slice, slice.upscaleJobId(),
					References.ofUpscaleJobs(this.catalog)),
					statements(JobSql.JOBS, slice, slice.jobId(), References.ofJobs(this.catalog)))
			.toList();
	}

	private static Stream<RuleStatement> statements(JobSql sql, Slice slice, @Nullable String id,
			References references) {
		if (id == null) {
			return Stream.empty();
		}
		Map<String, @Nullable Object> values = values(slice, id);
		String index = "retention_" + sql.table + "_finished_idx";
		return Stream
			.of(new RuleStatement("the first place of a run", sql.table, index, false, sql.first, values),
					new RuleStatement("the last place of a run", sql.table, index, false, sql.last, values),
					new RuleStatement("the ends of batches", sql.table, index, true, sql.cut, values),
					new RuleStatement("the removal of a batch", sql.table, index, true, sql.remove, values))
			.map((statement) -> statement.withSql(JobSql.complete(statement.sql(), references)));
	}

	private static Map<String, @Nullable Object> values(Slice slice, String id) {
		Map<String, @Nullable Object> values = new HashMap<>();
		values.put("before", slice.lastTime());
		values.put("firstTime", slice.firstTime());
		values.put("firstId", id);
		values.put("lastTime", slice.lastTime());
		values.put("lastId", id);
		values.put("rows", 1000);
		values.put("ahead", 10001);
		return values;
	}

	private record Slice(String firstTime, String lastTime, @Nullable String jobId, @Nullable String upscaleJobId) {

	}

}
