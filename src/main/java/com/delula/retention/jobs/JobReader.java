package com.delula.retention.jobs;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.delula.retention.run.Instants;
import com.delula.retention.run.ReadOnlySnapshot;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunEngine;
import com.delula.retention.run.RunObserver;
import com.delula.retention.run.Stock;
import com.delula.retention.run.Trigger;
import com.delula.retention.status.FreshCount;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells how the jobs stand. */
public class JobReader implements RunObserver {

	private static final String NOW = "SELECT extract(epoch FROM now())";

	private static final String JOBS_BY_STATUS = "SELECT t.status, count(*) AS rows FROM jobs t GROUP BY t.status";

	private static final String UPSCALE_JOBS_BY_STATUS = """
			SELECT t.status, count(*) AS rows FROM upscale_jobs t GROUP BY t.status
			""";

	private final JdbcClient jdbc;

	private final ReadOnlySnapshot snapshot;

	/** Looked up late, because the engine knows its observers from the start. */
	private final ObjectProvider<RunEngine> engine;

	private final FreshCount<JobStatus> status = new FreshCount<>("purge-status", this::count);

	JobReader(JdbcClient jdbc, ReadOnlySnapshot snapshot, ObjectProvider<RunEngine> engine) {
		this.jdbc = jdbc;
		this.snapshot = snapshot;
		this.engine = engine;
	}

	/** How the jobs stand, at most five seconds ago and after the last run. */
	public JobStatus status() {
		return this.status.get();
	}

	@Override
	public void closed(Run run) {
		if (run.task().equals(JobPurge.NAME)) {
			this.status.invalidate();
		}
	}

	private JobStatus count() {
		Instant asOf = Objects.requireNonNull(Instants.ofEpoch(this.jdbc.sql(NOW).query(BigDecimal.class).single()));
		List<Stock> stocks = this.engine.getObject().takeStock(JobPurge.request(Trigger.API, "status", true, null));
		Stock upscale = stocks.get(0);
		Stock jobs = stocks.get(1);
		Instant oldest = Stream.of(upscale.oldestDue(), jobs.oldestDue())
			.filter(Objects::nonNull)
			.min(Instant::compareTo)
			.orElse(null);
		return this.snapshot.look(ReadOnlySnapshot.COUNT, () -> new JobStatus(asOf, jobs.due(), upscale.due(), oldest,
				byStatus(JOBS_BY_STATUS), byStatus(UPSCALE_JOBS_BY_STATUS)));
	}

	private Map<String, Long> byStatus(String sql) {
		Map<String, Long> rows = new TreeMap<>();
		this.jdbc.sql(sql).query((row) -> {
			rows.put(String.valueOf(row.getString("status")), row.getLong("rows"));
		});
		return rows;
	}

}
