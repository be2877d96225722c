package com.delula.retention.pgcron;

import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import com.delula.retention.backlog.BacklogCleanup;
import com.delula.retention.pgcron.PgCronJob.JobRun;
import com.delula.retention.run.ForeignSchedule;
import com.delula.retention.run.TaskSchedule;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.support.CronExpression;

/** Schedules the backlog cleanup inside the database, and looks after the job. */
public class PgCron implements ForeignSchedule {

	/** The job's name. */
	public static final String JOB = "backlog-cleanup-daily";

	/** The rule that it carries out. */
	public static final String RULE = BacklogCleanup.NAME;

	/** When it fires, UTC. */
	public static final String SCHEDULE = "0 2 * * *";

	private static final Logger log = LoggerFactory.getLogger(PgCron.class);

	private static final Set<String> UTC = Set.of("GMT", "UTC", "Etc/UTC", "Etc/GMT", "UCT", "Zulu", "Universal");

	private final JdbcClient jdbc;

	private final CronDatabase database;

	private final RuleFunctions functions;

	private final Clock clock;

	PgCron(JdbcClient jdbc, CronDatabase database, RuleFunctions functions, Clock clock) {
		this.jdbc = jdbc;
		this.database = database;
		this.functions = functions;
		this.clock = clock;
	}

	/**
	 * Schedules the job, or brings it up to date.
	 * @throws PgCronException if that cannot be done; its message says what to do
	 */
	public PgCronJob install() {
		this.functions.follow();
		if (!this.jdbc.sql(PgCronSql.MAY_CALL).query(Boolean.class).single()) {
			throw PgCronException.mayNotCall(role(), this.jdbc.sql(PgCronSql.FUNCTION).query(String.class).single());
		}
		JdbcClient cron = this.database.client();
		String zone = zone(cron);
		if (!UTC.contains(zone)) {
			throw PgCronException.otherZone(zone);
		}
		allowed(() -> cron.sql(PgCronSql.ELSEWHERE)
			.param("job", JOB)
			.param("database", this.database.current())
			.query(String.class)
			.optional()).ifPresent((other) -> {
				throw PgCronException.taken(other);
			});
		long id = allowed(() -> schedule(cron));
		allowed(() -> cron.sql(PgCronSql.ACTIVATE).param("id", id).query().listOfRows());
		return job().orElseThrow();
	}

	private long schedule(JdbcClient cron) {
		String sql = (cron == this.jdbc) ? PgCronSql.SCHEDULE_HERE : PgCronSql.SCHEDULE_ELSEWHERE;
		JdbcClient.StatementSpec statement = cron.sql(sql)
			.param("job", JOB)
			.param("schedule", SCHEDULE)
			.param("command", command());
		return ((cron == this.jdbc) ? statement : statement.param("database", this.database.current()))
			.query(Long.class)
			.single();
	}

	/** The job; empty if it is not scheduled, as far as the service's role can see. */
	public Optional<PgCronJob> job() {
		JdbcClient cron = this.database.client();
		return allowed(() -> cron.sql(PgCronSql.JOB)
			.param("job", JOB)
			.param("database", this.database.current())
			.query((row, index) -> new PgCronJob(row.getLong("jobid"), row.getString("schedule"),
					row.getString("command"), row.getString("database"), row.getString("username"),
					row.getBoolean("active"), runs(cron, row.getLong("jobid"))))
			.list()
			.stream()
			.findFirst());
	}

	private static List<JobRun> runs(JdbcClient cron, long job) {
		return cron.sql(PgCronSql.RUNS)
			.param("job", job)
			.query((row, index) -> new JobRun(row.getString("status"), row.getString("return_message"),
					instant(row.getTimestamp("start_time")), instant(row.getTimestamp("end_time"))))
			.list();
	}

	private static @Nullable Instant instant(@Nullable Timestamp time) {
		return (time != null) ? time.toInstant() : null;
	}

	/**
	 * Ends the schedule.
	 * @return whether there was one
	 */
	public boolean remove() {
		Optional<PgCronJob> job = job();
		job.ifPresent((found) -> allowed(
				() -> this.database.client().sql(PgCronSql.REMOVE).param("id", found.id()).query().listOfRows()));
		return job.isPresent();
	}

	/** The job's next time, if it is active. */
	public Instant next() {
		LocalDateTime now = LocalDateTime.ofInstant(this.clock.instant(), ZoneOffset.UTC);
		return Objects.requireNonNull(CronExpression.parse("0 " + SCHEDULE).next(now)).toInstant(ZoneOffset.UTC);
	}

	@Override
	public Optional<TaskSchedule> active(String task) {
		if (!task.equals(RULE)) {
			return Optional.empty();
		}
		try {
			return job().filter(PgCronJob::active).map((job) -> new JobSchedule(task, next(), Duration.ofDays(1)));
		}
		catch (PgCronException | DataAccessException ex) {
			log.debug("Whether pg_cron runs the backlog cleanup cannot be seen: {}", ex.getMessage());
			return Optional.empty();
		}
	}

	private static String zone(JdbcClient cron) {
		try {
			return cron.sql(PgCronSql.ZONE).query(String.class).optional().orElse("GMT");
		}
		catch (DataAccessException ex) {
			log.debug("cron.timezone may not be read; its default is GMT", ex);
			return "GMT";
		}
	}

	private String command() {
		return "SELECT " + this.jdbc.sql(PgCronSql.FUNCTION).query(String.class).single();
	}

	private String role() {
		return this.jdbc.sql("SELECT current_user").query(String.class).single();
	}

	private <T> T allowed(Supplier<T> work) {
		try {
			return work.get();
		}
		catch (DataAccessException ex) {
			if (ex.getMostSpecificCause() instanceof SQLException sql && "42501".equals(sql.getSQLState())) {
				throw PgCronException.notAllowed(role(),
						String.valueOf(sql.getMessage()).lines().findFirst().orElse(""),
						"SELECT cron.schedule_in_database('" + JOB + "', '" + SCHEDULE + "', '" + command() + "', '"
								+ this.database.current() + "', '" + role() + "')");
			}
			throw ex;
		}
	}

	/** The job's schedule as observers want to know it. */
	private record JobSchedule(String task, Instant next, Duration interval) implements TaskSchedule {

		@Override
		public String text() {
			return "pg_cron's job '" + JOB + "' inside the database, cron '" + SCHEDULE + "' UTC";
		}

	}

}
