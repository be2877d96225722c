package com.delula.retention.jobs;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.delula.retention.database.Instants;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunObserver;
import com.delula.retention.run.Stock;
import com.delula.retention.run.Trigger;
import com.delula.retention.run.engine.StockReader;
import com.delula.retention.status.Counts;
import com.delula.retention.status.FreshCount;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells how the jobs stand. */
public class JobReader implements RunObserver {

	private static final String NOW = "SELECT extract(epoch FROM now())";

	private static final String JOBS_BY_STATUS = "SELECT t.status, count(*) AS rows FROM jobs t GROUP BY t.status";

	private static final String UPSCALE_JOBS_BY_STATUS = """
			SELECT t.status, count(*) AS rows FROM upscale_jobs t GROUP BY t.status
			""";

	private final JdbcClient jdbc;

	private final StockReader stocks;

	private final FreshCount<JobStatus> status;

	JobReader(JdbcClient jdbc, StockReader stocks, Counts counts) {
		this.jdbc = jdbc;
		this.stocks = stocks;
		this.status = counts.shared("purge-status", JobPurge.NAME, this::count);
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
		List<Stock> stocks = this.stocks.takeStock(JobPurge.request(Trigger.API, "status", true, null));
		Stock upscale = stocks.get(0);
		Stock jobs = stocks.get(1);
		Instant oldest = Stream.of(upscale.oldestDue(), jobs.oldestDue())
			.filter(Objects::nonNull)
			.min(Instant::compareTo)
			.orElse(null);
		return new JobStatus(asOf, jobs.due(), upscale.due(), oldest, byStatus(JOBS_BY_STATUS),
				byStatus(UPSCALE_JOBS_BY_STATUS));
	}

	private Map<String, Long> byStatus(String sql) {
		Map<String, Long> rows = new TreeMap<>();
		this.jdbc.sql(sql).query((row) -> {
			rows.put(String.valueOf(row.getString("status")), row.getLong("rows"));
		});
		return rows;
	}

}
