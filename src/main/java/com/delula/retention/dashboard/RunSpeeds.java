package com.delula.retention.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import com.delula.retention.dashboard.RunSeries.Throughput;
import com.delula.retention.database.Instants;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunObserver;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Knows how fast runs go. Batches are counted in memory, so that they cost nothing; when
 * a run ends, what was counted is kept among the samples, for as long as those.
 */
class RunSpeeds implements RunObserver {

	/** The number of batches stands at the end of the run. */
	private static final String KEEP = """
			INSERT INTO retention_sample (taken_at, series, value)
			SELECT to_timestamp(CAST(s.time AS double precision) / 1000), :series, s.value
			FROM unnest(CAST(:times AS bigint[]), CAST(:values AS bigint[])) AS s (time, value)
			ON CONFLICT DO NOTHING
			""";

	/** The key of the table begins with the time. */
	private static final String READ = """
			SELECT extract(epoch FROM taken_at) AS time, value
			FROM retention_sample
			WHERE taken_at BETWEEN to_timestamp(CAST(:from AS double precision) / 1000)
					AND to_timestamp(CAST(:to AS double precision) / 1000)
				AND series = :series
			ORDER BY taken_at
			""";

	private static final String ROWS = "run:";

	private static final String BATCHES = "batches:";

	private final JdbcClient jdbc;

	private final LongSupplier nanoTime;

	/** By task; one run of each at a time. */
	private final Map<String, RunSeries> open = new ConcurrentHashMap<>();

	RunSpeeds(JdbcClient jdbc, LongSupplier nanoTime) {
		this.jdbc = jdbc;
		this.nanoTime = nanoTime;
	}

	@Override
	public void opened(Run run, List<String> tables) {
		if (!run.dryRun()) {
			this.open.put(run.task(), new RunSeries(run, this.nanoTime.getAsLong()));
		}
	}

	@Override
	public void removed(String task, String table, long rows, Duration duration) {
		count(task, rows);
	}

	@Override
	public void restored(String task, String table, long rows, Duration duration) {
		count(task, rows);
	}

	private void count(String task, long rows) {
		RunSeries series = this.open.get(task);
		if (series != null) {
			series.add(rows, this.nanoTime.getAsLong());
		}
	}

	@Override
	public void closed(Run run) {
		RunSeries series = this.open.get(run.task());
		if (series == null || !series.run().id().equals(run.id())) {
			return;
		}
		this.open.remove(run.task(), series);
		Throughput seen = series.until(this.nanoTime.getAsLong());
		if (seen.batches() > 0 && seen.isTelling()) {
			keep(ROWS + run.id(), seen.points());
			keep(BATCHES + run.id(), List.of(new BarChart.Point(run.startedAt(), seen.batches())));
		}
	}

	private void keep(String series, List<BarChart.Point> points) {
		this.jdbc.sql(KEEP)
			.param("series", series)
			.param("times", points.stream().map((point) -> point.time().toEpochMilli()).toArray(Long[]::new))
			.param("values", points.stream().map(BarChart.Point::value).toArray(Long[]::new))
			.update();
	}

	/**
	 * How fast a run went or goes.
	 * @return empty where nobody knows: it ended too soon, or goes on elsewhere
	 */
	Optional<Throughput> of(Run run) {
		RunSeries series = this.open.get(run.task());
		if (series != null && series.run().id().equals(run.id())) {
			return Optional.of(series.until(this.nanoTime.getAsLong())).filter(Throughput::isTelling);
		}
		return (run.ended() && !run.dryRun()) ? kept(run) : Optional.empty();
	}

	private Optional<Throughput> kept(Run run) {
		List<BarChart.Point> points = read(ROWS + run.id(), run.startedAt(), run.finishedAt());
		if (points.size() < 2) {
			return Optional.empty();
		}
		long batches = read(BATCHES + run.id(), run.startedAt(), run.startedAt()).stream()
			.mapToLong(BarChart.Point::value)
			.sum();
		return Optional
			.of(new Throughput(Duration.between(points.get(0).time(), points.get(1).time()), batches, points))
			.filter(Throughput::isTelling);
	}

	/** Times are kept to the millisecond, the run's own are finer. */
	private List<BarChart.Point> read(String series, Instant from, @Nullable Instant to) {
		List<BarChart.Point> points = new ArrayList<>();
		this.jdbc.sql(READ)
			.param("series", series)
			.param("from", from.toEpochMilli() - 1)
			.param("to", Objects.requireNonNullElse(to, from).toEpochMilli() + 1)
			.query((row) -> {
				points.add(new BarChart.Point(Objects.requireNonNull(Instants.ofEpoch(row, "time")),
						row.getLong("value")));
			});
		return points;
	}

}
