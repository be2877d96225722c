package com.delula.retention.pgcron;

/** The statements about the job; the first two run where the service works. */
final class PgCronSql {

	/** The function as SQL calls it, whatever the search path. */
	static final String FUNCTION = """
			SELECT format('%I.%I()', n.nspname, p.proname)
			FROM pg_proc p
			JOIN pg_namespace n ON n.oid = p.pronamespace
			WHERE p.oid = to_regprocedure('backlog_cleanup_failed_generations()')
			""";

	static final String MAY_CALL = """
			SELECT has_function_privilege(to_regprocedure('backlog_cleanup_failed_generations()'), 'EXECUTE')
			""";

	static final String ZONE = "SELECT current_setting('cron.timezone', true)";

	/** A job of that name that the role already has, but for another database. */
	static final String ELSEWHERE = """
			SELECT j.database
			FROM cron.job j
			WHERE j.jobname = :job AND j.username = current_user AND j.database <> :database
			""";

	static final String SCHEDULE_HERE = "SELECT cron.schedule(:job, :schedule, :command)";

	static final String SCHEDULE_ELSEWHERE = "SELECT cron.schedule_in_database(:job, :schedule, :command, :database)";

	/** One that was turned off by hand stays off otherwise. */
	static final String ACTIVATE = "SELECT cron.alter_job(:id, active := true)";

	static final String JOB = """
			SELECT j.jobid, j.schedule, j.command, j.database, j.username, j.active
			FROM cron.job j
			WHERE j.jobname = :job AND j.database = :database
			ORDER BY j.active DESC, j.jobid
			""";

	static final String RUNS = """
			SELECT d.status, d.return_message, d.start_time, d.end_time
			FROM cron.job_run_details d
			WHERE d.jobid = :job
			ORDER BY d.runid DESC
			LIMIT 10
			""";

	static final String REMOVE = "SELECT cron.unschedule(CAST(:id AS bigint))";

	private PgCronSql() {
	}

}
