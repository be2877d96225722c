package com.delula.retention.doctor;

import java.util.List;

import com.delula.retention.backlog.BacklogProperties;

/** A backlog cleanup that is scheduled by the service and inside the database. */
final class ScheduleCheck implements Check {

	private static final String HAS_PG_CRON = "SELECT to_regclass('cron.job') IS NOT NULL";

	private static final String ACTIVE = """
			SELECT j.jobname AS name, j.schedule
			FROM cron.job j
			WHERE j.active AND j.database = current_database()
				AND (j.jobname = 'backlog-cleanup-daily' OR j.command LIKE '%backlog_cleanup_failed_generations%')
			ORDER BY j.jobname
			""";

	private final ReadOnlyDatabase database;

	private final BacklogProperties properties;

	ScheduleCheck(ReadOnlyDatabase database, BacklogProperties properties) {
		this.database = database;
		this.properties = properties;
	}

	@Override
	public String id() {
		return "two-schedules";
	}

	@Override
	public String passed() {
		return "Backlog cleanup is not scheduled twice";
	}

	@Override
	public List<Finding> run() {
		if (this.properties.cron().equals("-")) {
			return List.of();
		}
		return this.database.read((jdbc) -> jdbc.sql(HAS_PG_CRON).query(Boolean.class).single()
				? jdbc.sql(ACTIVE).query(Job.class).stream().map(this::finding).toList() : List.of());
	}

	private Finding finding(Job job) {
		return Finding.warning(id(),
				"Backlog cleanup is scheduled twice: in the database (pg_cron job " + job.name() + ", " + job.schedule()
						+ ") and by the service (" + this.properties.cron() + ")",
				"Only one of them runs at a time, and nothing is removed twice. But it is hard to tell which one did"
						+ " what, and changing one schedule does not change the other.",
				"SELECT cron.unschedule('" + job.name() + "');\n-- Or turn the service's schedule off:"
						+ " retention.backlog.cron=- (CLEANUP_SCHEDULE=-)");
	}

	private record Job(String name, String schedule) {

	}

}
