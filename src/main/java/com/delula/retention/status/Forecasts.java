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

	/** The last runs that removed something and ended well. */
	private static final String PACE = """
			SELECT count(*) AS runs, coalesce(sum(r.rows_removed), 0) AS rows, sum(r.seconds) AS seconds
			FROM (SELECT rows_removed, extract(epoch FROM finished_at - started_at) AS seconds
				FROM retention_run
				WHERE task = :task AND mode = :mode AND status = 'succeeded' AND NOT dry_run
				ORDER BY (rows_removed > 0) DESC, started_at DESC
				LIMIT 5) r
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
		return this.jdbc.sql(PACE)
			.param("task", rule.name())
			.param("mode", mode.label())
			.query((row, index) -> new Pace(row.getLong("runs"), row.getLong("rows"), row.getDouble("seconds")))
			.single();
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
	 * How fast the last runs were.
	 *
	 * @param runs how many there were
	 * @param rows rows that they removed
	 * @param seconds how long they took
	 */
	private record Pace(long runs, long rows, double seconds) {

		/** How long a run takes that removes so many rows; null if nobody knows. */
		@Nullable Double secondsFor(long due) {
			if (this.rows > 0) {
				return due * this.seconds / this.rows;
			}
			return (this.runs > 0 && due == 0) ? 0.0 : null;
		}

	}

}
