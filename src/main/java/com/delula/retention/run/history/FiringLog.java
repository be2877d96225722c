package com.delula.retention.run.history;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;

import com.delula.retention.database.Instants;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Remembers which firings of the schedules were claimed, so that each fires once over all
 * instances. All times are the database's; one that lies ahead of its clock by more than
 * a minute came from a clock that was wrong, and does not count.
 */
public class FiringLog {

	/**
	 * An instance that has not been seen for this long has ended. It says that it is up
	 * every three seconds; a garbage collection or a failover may swallow some of them.
	 */
	public static final Duration SILENCE = Duration.ofSeconds(15);

	private static final String CLAIM_SLOT = """
			UPDATE retention_task
			SET fired_for = :slot, fired_at = clock_timestamp(), fired_by = :owner
			WHERE name = :task AND :slot <= clock_timestamp() + interval '1 minute'
				AND (fired_for IS NULL OR fired_for < :slot OR fired_for > clock_timestamp() + interval '1 minute'
					OR :again AND fired_for = :slot AND fired_by = :owner)
			""";

	private static final String CLAIM_INTERVAL = """
			UPDATE retention_task
			SET fired_at = clock_timestamp() - make_interval(secs => :waited), fired_by = :owner
			WHERE name = :task AND (fired_at IS NULL
				OR fired_at <= clock_timestamp() - make_interval(secs => :waited) - make_interval(secs => :gap)
				OR fired_at > clock_timestamp() + interval '1 minute'
				OR :again AND fired_by = :owner
					AND fired_at > clock_timestamp() - make_interval(secs => :waited) - make_interval(secs => :gap / 2)
				OR :start AND NOT EXISTS (SELECT FROM retention_instance
					WHERE id = fired_by AND seen_at > clock_timestamp() - make_interval(secs => :silence)))
			""";

	/** Leaves the schedule's own firings as they are. */
	private static final String CLAIM_COUNTED = """
			SELECT NOT EXISTS (SELECT FROM retention_run r
				WHERE r.task = :task AND NOT r.dry_run AND coalesce(r.finished_at, clock_timestamp()) >= :counted)
			""";

	private static final String FOLLOW = """
			UPDATE retention_task
			SET scheduled_at = CASE WHEN schedule IS NULL THEN scheduled_at ELSE clock_timestamp() END,
				schedule = :schedule
			WHERE name = :task AND schedule IS DISTINCT FROM :schedule
			""";

	/** A run that the database itself began for the slot was the firing. */
	private static final String IS_MISSED = """
			SELECT EXISTS (SELECT FROM retention_task t
				WHERE t.name = :task AND coalesce(t.scheduled_at, t.first_seen_at) < :slot
					AND (t.fired_for IS NULL OR t.fired_for < :slot
						OR t.fired_for > clock_timestamp() + interval '1 minute')
					AND NOT EXISTS (SELECT FROM retention_run r
						WHERE r.task = :task AND r.trigger = 'database' AND r.started_at >= :slot))
			""";

	private static final String LAST = """
			SELECT extract(epoch FROM fired_at)
			FROM retention_task
			WHERE name = :task AND fired_at <= clock_timestamp() + interval '1 minute'
			""";

	private static final String REGISTER = """
			INSERT INTO retention_task (name)
			VALUES (:task)
			ON CONFLICT (name) DO NOTHING
			""";

	private final JdbcClient jdbc;

	private final String owner;

	FiringLog(JdbcClient jdbc, String owner) {
		this.jdbc = jdbc;
		this.owner = owner;
	}

	/** Claims a firing. Called with the task's lock held. */
	boolean claim(String task, Firing firing) {
		if (firing.counted() != null) {
			return this.jdbc.sql(CLAIM_COUNTED)
				.param("task", task)
				.param("counted", firing.counted().atOffset(ZoneOffset.UTC))
				.query(Boolean.class)
				.single();
		}
		if (firing.slot() == null) {
			return this.jdbc.sql(CLAIM_INTERVAL)
				.param("task", task)
				.param("owner", this.owner)
				.param("gap", seconds(firing.gap()))
				.param("start", firing.start())
				.param("silence", SILENCE.toSeconds())
				.param("waited", seconds(firing.waited()))
				.param("again", firing.again())
				.update() == 1;
		}
		return this.jdbc.sql(CLAIM_SLOT)
			.param("task", task)
			.param("owner", this.owner)
			.param("slot", firing.slot().atOffset(ZoneOffset.UTC))
			.param("again", firing.again())
			.update() == 1;
	}

	private static double seconds(Duration duration) {
		return duration.toMillis() / 1000.0;
	}

	/**
	 * Writes down since when the task is known, and what its schedule is and since when
	 * if that has changed.
	 */
	public void follow(String task, String schedule) {
		this.jdbc.sql(REGISTER).param("task", task).update();
		this.jdbc.sql(FOLLOW).param("task", task).param("schedule", schedule).update();
	}

	/** Whether a time of a cron schedule has passed without a firing on any instance. */
	public boolean isMissed(String task, Instant slot) {
		return this.jdbc.sql(IS_MISSED)
			.param("task", task)
			.param("slot", slot.atOffset(ZoneOffset.UTC))
			.query(Boolean.class)
			.single();
	}

	/** When the task's schedule last fired on any instance; empty before it did. */
	public Optional<Instant> last(String task) {
		return this.jdbc.sql(LAST)
			.param("task", task)
			.query((row, index) -> required(Instants.ofEpoch(row, "extract")))
			.optional();
	}

	private static <T> T required(@Nullable T value) {
		return Objects.requireNonNull(value);
	}

}
