package com.delula.retention.status;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.delula.retention.rule.Rule;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RunProperties;
import com.delula.retention.run.Survey;
import com.delula.retention.status.NextRuns.NextRun;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Works out what is to be expected of a rule from its rows and its last runs. */
final class Forecasts {

	/** How far back rows count as arriving. */
	static final Duration LOOK_BACK = Duration.ofDays(1);

	/**
	 * The last runs that removed something, those that went as fast as they were set. One
	 * of another duty cycle counts as if it had had the one in force; where it was
	 * changed on the way, or is not known, it counts as it was.
	 */
	private static final String PACE = """
			SELECT r.rows_removed AS rows, greatest(0.001,
				extract(epoch FROM r.finished_at - r.started_at) - r.waited_millis / 1000.0)
				* CASE WHEN r.actions @> '[{"action": "paced"}]' THEN 1
					ELSE coalesce(r.duty_cycle / CAST(:dutyCycle AS double precision), 1) END AS seconds
			FROM retention_run r
			WHERE r.task = :task AND r.mode = :mode AND NOT r.dry_run AND r.rows_removed > 0
				AND r.status IN ('succeeded', 'timed_out', 'cancelled')
			ORDER BY r.actions @> '[{"action": "paced"}]', r.started_at DESC
			LIMIT 15
			""";

	private static final String SUCCEEDED = """
			SELECT EXISTS (SELECT FROM retention_run
				WHERE task = :task AND mode = :mode AND status = 'succeeded' AND NOT dry_run)
			""";

	private final JdbcClient jdbc;

	private final ArrivalLog arrivals;

	private final RunProperties properties;

	Forecasts(JdbcClient jdbc, ArrivalLog arrivals, RunProperties properties) {
		this.jdbc = jdbc;
		this.arrivals = arrivals;
		this.properties = properties;
	}

	/** The forecast, in the snapshot in which the rows were counted. */
	Forecast of(Rule rule, List<Survey> found, Optional<NextRun> next) {
		long seen = found.stream().mapToLong(Survey::arrived).sum();
		double perHour = (double) Math.max(seen, this.arrivals.lastDay(rule.name())) / LOOK_BACK.toHours();
		long due = found.stream().mapToLong(Survey::dueLater).sum();
		Pace pace = pace(rule, Mode.REGULAR);
		Double seconds = pace.secondsFor(due);
		Instant at = next.map(NextRun::at).orElse(null);
		return new Forecast(rounded(perHour, 4), due, at, (seconds != null) ? rounded(seconds, 3) : null,
				next.map((run) -> keepsUp(rule, pace, due, perHour, run.interval())).orElse(null));
	}

	/** How long a run takes that removes so many rows; null if nobody knows. */
	@Nullable Double secondsFor(Rule rule, Mode mode, long rows) {
		return pace(rule, mode).secondsFor(rows);
	}

	private Pace pace(Rule rule, Mode mode) {
		List<Went> runs = this.jdbc.sql(PACE)
			.param("task", rule.name())
			.param("mode", mode.label())
			.param("dutyCycle", this.properties.dutyCycle(mode))
			.query((row, index) -> new Went(row.getLong("rows"), row.getDouble("seconds")))
			.list();
		boolean succeeded = this.jdbc.sql(SUCCEEDED)
			.param("task", rule.name())
			.param("mode", mode.label())
			.query(Boolean.class)
			.single();
		return new Pace(runs, succeeded);
	}

	private @Nullable Boolean keepsUp(Rule rule, Pace pace, long due, double perHour, Duration interval) {
		Long most = rule.safeguards().maxRows();
		if (most != null && due > most) {
			return false;
		}
		long arriving = Math.round(perHour * interval.toSeconds() / Duration.ofHours(1).toSeconds());
		Double next = pace.secondsFor(due);
		Double each = pace.secondsFor(arriving);
		if (next == null || each == null) {
			return (due == 0 && arriving == 0) ? true : null;
		}
		long limit = this.properties.maxDuration().toSeconds();
		return next <= limit && each <= Math.min(limit, interval.toSeconds());
	}

	private static double rounded(double number, int places) {
		return BigDecimal.valueOf(number).setScale(places, RoundingMode.HALF_UP).doubleValue();
	}

	/**
	 * How fast the last runs were. The median, because one of them may have met a busy
	 * database; of those that had much to do, because in a short run beginning and end
	 * take longer than the rows.
	 *
	 * @param runs those that removed something, the newest first
	 * @param succeeded whether one has ended well, if only without rows
	 */
	private record Pace(List<Went> runs, boolean succeeded) {

		/** How long a run takes that removes so many rows; null if nobody knows. */
		@Nullable Double secondsFor(long due) {
			if (this.runs.isEmpty()) {
				return (this.succeeded && due == 0) ? 0.0 : null;
			}
			long most = this.runs.stream().mapToLong(Went::rows).max().orElseThrow();
			List<Double> each = this.runs.stream()
				.filter((run) -> run.rows() >= Math.min(due, most) / 10)
				.limit(5)
				.map((run) -> run.seconds() / run.rows())
				.sorted()
				.toList();
			return due * (each.get((each.size() - 1) / 2) + each.get(each.size() / 2)) / 2;
		}

	}

	/**
	 * A run.
	 *
	 * @param rows rows that it removed
	 * @param seconds how long it was at work
	 */
	private record Went(long rows, double seconds) {

	}

}
