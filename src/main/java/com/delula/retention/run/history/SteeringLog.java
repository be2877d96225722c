package com.delula.retention.run.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.delula.retention.run.Caller;
import com.delula.retention.run.RunAction;
import com.delula.retention.run.Steering;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps what somebody wants of a run and what the run waits for. Every method runs inside
 * a transaction of its caller's.
 */
public class SteeringLog {

	/** How long the wait under way has lasted. */
	private static final String WAITED = """
			coalesce(CAST(1000 * extract(epoch FROM clock_timestamp() - waiting_since) AS bigint), 0)""";

	/**
	 * Whoever resumes a run ends its wait; what else it waits for is written by its
	 * instance.
	 */
	private static final String STEER = """
			WITH was AS (
				SELECT b.id, b.duty_cycle, abs(b.rows_removed) AS rows_done,
					extract(epoch FROM coalesce(b.waiting_since, clock_timestamp()) - b.started_at)
						- b.waited_millis / 1000.0 AS worked,
					b.paused AND NOT coalesce(:paused, true) AS resumed, %s AS waited
				FROM retention_run b
				WHERE b.id = :id AND b.status = 'running'
				FOR UPDATE)
			UPDATE retention_run r
			SET paused = coalesce(:paused, r.paused), duty_cycle = coalesce(:dutyCycle, r.duty_cycle),
				waiting_for = CASE WHEN was.resumed THEN NULL ELSE r.waiting_for END,
				waiting_since = CASE WHEN was.resumed THEN NULL ELSE r.waiting_since END,
				waited_millis = r.waited_millis + CASE WHEN was.resumed THEN was.waited ELSE 0 END
			FROM was
			WHERE r.id = was.id
			RETURNING was.duty_cycle, was.rows_done, was.worked
			""".formatted(WAITED);

	/** A wait without a reason is one that an older version has ended half. */
	private static final String READ = """
			SELECT status = 'running' AS open, cancel_requested, paused, duty_cycle,
				coalesce(waiting_for, CASE WHEN waiting_since IS NOT NULL THEN '' END) AS waiting_for,
				CAST(CAST(clock_timestamp() AT TIME ZONE 'UTC' AS time) AS text) AS time_of_day
			FROM retention_run
			WHERE id = :id
			""";

	private static final String WAITING = """
			UPDATE retention_run
			SET waiting_for = :text,
				waited_millis = waited_millis + CASE WHEN CAST(:text AS text) IS NULL THEN %s ELSE 0 END,
				waiting_since = CASE WHEN CAST(:text AS text) IS NOT NULL THEN coalesce(waiting_since, clock_timestamp()) END
			WHERE id = :id AND status = 'running'
			"""
		.formatted(WAITED);

	private final JdbcClient jdbc;

	private final RunActions actions;

	SteeringLog(JdbcClient jdbc, RunActions actions) {
		this.jdbc = jdbc;
		this.actions = actions;
	}

	/**
	 * Writes down a wish; the run's instance sees it within about a second.
	 * @param by who wants it, and through which door
	 * @return whether the run was still under way
	 */
	public boolean steer(UUID id, Steering wish, Caller by) {
		Optional<Map<String, String>> before = this.jdbc.sql(STEER)
			.param("id", id)
			.param("paused", wish.paused(), Types.BOOLEAN)
			.param("dutyCycle", wish.dutyCycle(), Types.DOUBLE)
			.query(SteeringLog::before)
			.optional();
		before.ifPresent((found) -> record(id, wish, by, found));
		return before.isPresent();
	}

	/** How far the run was, as details of an action. */
	private static Map<String, String> before(ResultSet row, int index) throws SQLException {
		Map<String, String> details = new HashMap<>();
		String dutyCycle = row.getString("duty_cycle");
		if (dutyCycle != null) {
			details.put(RunAction.DUTY_CYCLE_BEFORE, dutyCycle);
		}
		details.put(RunAction.ROWS_DONE, row.getString("rows_done"));
		details.put(RunAction.SECONDS_WORKED, String.format(Locale.ROOT, "%.3f", row.getDouble("worked")));
		return details;
	}

	private void record(UUID id, Steering wish, Caller by, Map<String, String> before) {
		if (wish.paused() != null) {
			this.actions.record(id, wish.paused() ? RunAction.PAUSED : RunAction.RESUMED, by, Map.of());
		}
		if (wish.dutyCycle() != null) {
			Map<String, String> details = new HashMap<>(before);
			details.put(RunAction.DUTY_CYCLE, wish.dutyCycle().toString());
			this.actions.record(id, RunAction.PACED, by, details);
		}
	}

	/** What is wanted of a run; empty if there is no such run any more. */
	public Optional<Steered> read(UUID id) {
		return this.jdbc.sql(READ).param("id", id).query(SteeringLog::steered).optional();
	}

	private static Steered steered(ResultSet row, int index) throws SQLException {
		double dutyCycle = row.getDouble("duty_cycle");
		return new Steered(row.getBoolean("open"), row.getBoolean("cancel_requested"), row.getBoolean("paused"),
				(dutyCycle != 0) ? dutyCycle : null, row.getString("waiting_for"),
				LocalTime.parse(row.getString("time_of_day")));
	}

	/** Writes down what a run waits for; null if it goes on. */
	public void waiting(UUID id, @Nullable String text) {
		this.jdbc.sql(WAITING).param("id", id).param("text", text).update();
	}

	/**
	 * What is wanted of a run.
	 *
	 * @param open whether it is under way
	 * @param cancelled whether it is to end
	 * @param paused whether it is to wait
	 * @param dutyCycle the share of the time that it spends removing; null if nobody said
	 * @param waitingFor what is written down that it waits for; null for nothing
	 * @param timeOfDay the time in UTC, by the database's clock
	 */
	public record Steered(boolean open, boolean cancelled, boolean paused, @Nullable Double dutyCycle,
			@Nullable String waitingFor, LocalTime timeOfDay) {

	}

}
