package com.delula.retention.doctor;

import java.util.List;

import com.delula.retention.backlog.BacklogProperties;

/** The backlog cleanup scheduled here and inside the database as well. */
final class ScheduleCheck implements Check {

	private static final String HAS_PG_CRON = "SELECT to_regclass('cron.job') IS NOT NULL";

	private static final String ACTIVE = """
			SELECT j.jobname AS name, j.schedule
			FROM cron.job j
			WHERE j.active AND j.database = current_database()
				AND (j.jobname = 'backlog-cleanup-daily' OR j.command LIKE '%backlog_cleanup_failed_generations%')
			ORDER BY j.jobname
			""";

	private final Sight sight;

	private final BacklogProperties properties;

	ScheduleCheck(Sight sight, BacklogProperties properties) {
		this.sight = sight;
		this.properties = properties;
	}

	@Override
	public String id() {
		return "two-schedules";
	}

	@Override
	public String inOrder() {
		return "The backlog cleanup has one schedule at the most";
	}

	@Override
	public List<Finding> look() {
		if (this.properties.cron().equals("-")) {
			return List.of();
		}
		return this.sight.look((jdbc) -> jdbc.sql(HAS_PG_CRON).query(Boolean.class).single()
				? jdbc.sql(ACTIVE).query(Job.class).stream().map(this::finding).toList() : List.of());
	}

	private Finding finding(Job job) {
		return Finding.warning(id(),
				"The backlog cleanup is scheduled twice: in the database (pg_cron job " + job.name() + ", "
						+ job.schedule() + ") and by the service (" + this.properties.cron() + ")",
				"The lock lets only one of them work at a time and nothing is lost, but it is hard to tell which of"
						+ " them did what, and a change to one schedule does not change the other.",
				"SELECT cron.unschedule('" + job.name() + "'); or turn the service's schedule off:"
						+ " retention.backlog.cron=- (CLEANUP_SCHEDULE=-)");
	}

	private record Job(String name, String schedule) {

	}

}
