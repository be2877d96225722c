package com.delula.retention.status;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import com.delula.retention.database.Instants;
import com.delula.retention.rule.Rule;
import com.delula.retention.run.TaskSchedule;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.support.CronExpression;

/** Tells when rules run next by themselves, also where no timer runs. */
public final class NextRuns {

	private static final String FIRED = "SELECT extract(epoch FROM t.fired_at) FROM retention_task t WHERE t.name = :task";

	/** Asked late: timers need what needs this. */
	private final Supplier<List<TaskSchedule>> schedules;

	private final JdbcClient jdbc;

	private final Clock clock;

	NextRuns(Supplier<List<TaskSchedule>> schedules, JdbcClient jdbc, Clock clock) {
		this.schedules = schedules;
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/** A rule's next run; empty where it never runs by itself. */
	public Optional<NextRun> find(Rule rule) {
		return this.schedules.get()
			.stream()
			.filter((schedule) -> schedule.task().equals(rule.name()))
			.findFirst()
			.map((schedule) -> new NextRun(schedule.next(), schedule.interval()))
			.or(() -> described(rule));
	}

	/** Where no timer runs, as on the command line, the rule's own schedule tells. */
	private Optional<NextRun> described(Rule rule) {
		String cron = rule.schedule().cron();
		Duration interval = rule.schedule().interval();
		if (cron != null) {
			return byCron(CronExpression.parse(cron));
		}
		return (interval != null) ? Optional.of(byInterval(rule.name(), interval)) : Optional.empty();
	}

	private Optional<NextRun> byCron(CronExpression cron) {
		ZonedDateTime next = cron.next(this.clock.instant().atZone(ZoneOffset.UTC));
		ZonedDateTime after = (next != null) ? cron.next(next) : null;
		return (next != null && after != null)
				? Optional.of(new NextRun(next.toInstant(), Duration.between(next, after))) : Optional.empty();
	}

	private NextRun byInterval(String task, Duration interval) {
		Instant fired = this.jdbc.sql(FIRED)
			.param("task", task)
			.query((row, index) -> Optional.ofNullable(row.getBigDecimal(1)))
			.optional()
			.flatMap((seconds) -> seconds)
			.map(NextRuns::instant)
			.orElse(Instant.EPOCH);
		Instant now = this.clock.instant();
		Instant next = fired.plus(interval);
		return new NextRun(next.isBefore(now) ? now : next, interval);
	}

	private static @Nullable Instant instant(BigDecimal seconds) {
		return Instants.ofEpoch(seconds);
	}

	/**
	 * A run that starts by itself.
	 *
	 * @param at when
	 * @param interval the time until the one after it
	 */
	public record NextRun(Instant at, Duration interval) {

	}

}
