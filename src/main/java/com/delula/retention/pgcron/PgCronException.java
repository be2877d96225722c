package com.delula.retention.pgcron;

/** The job cannot be scheduled or looked at; the message says what to do. */
public final class PgCronException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private PgCronException(String message) {
		super(message);
	}

	static PgCronException notLoaded() {
		return new PgCronException("The server has not loaded the extension pg_cron. Install it (Debian:"
				+ " postgresql-NN-cron), add pg_cron to shared_preload_libraries, set cron.database_name, restart the"
				+ " server, and run CREATE EXTENSION pg_cron in that database as a superuser");
	}

	static PgCronException noExtension(String database) {
		return new PgCronException("The database " + database + " has no extension pg_cron: let a superuser run there"
				+ " CREATE EXTENSION pg_cron (cron.database_name has to name that database)");
	}

	static PgCronException unreachable(String database, String said) {
		return new PgCronException("pg_cron keeps its jobs in the database " + database
				+ " (cron.database_name), which cannot be used: " + said + ". Let the role connect to it, or let a"
				+ " superuser schedule the job there with cron.schedule_in_database");
	}

	static PgCronException notAllowed(String role, String said, String statement) {
		return new PgCronException("The role " + role + " may not do that (" + said
				+ "). Let a superuser run: GRANT USAGE ON SCHEMA cron TO " + role + "; or schedule the job itself: "
				+ statement);
	}

	static PgCronException mayNotCall(String role, String function) {
		return new PgCronException("The role " + role + " may not call the function that the job calls. Let its owner"
				+ " run: GRANT EXECUTE ON FUNCTION " + function + " TO " + role);
	}

	static PgCronException otherZone(String zone) {
		return new PgCronException("pg_cron fires by the time zone " + zone + " (cron.timezone), so that 02:00 would"
				+ " not be 02:00 UTC. Set cron.timezone to GMT and restart the server");
	}

	static PgCronException unknownDatabase(String role) {
		return new PgCronException("The role " + role + " may not read in which database pg_cron keeps its jobs"
				+ " (cron.database_name), and it is not " + CronDatabase.DEFAULT
				+ ". Let a superuser run: GRANT pg_read_all_settings TO " + role);
	}

	static PgCronException taken(String database) {
		return new PgCronException("pg_cron already has a job " + PgCron.JOB + " of this role for the database "
				+ database + ", and a role can have only one of a name. Install it with another role");
	}

}
