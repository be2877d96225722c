package com.delula.retention.pgcron;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The job as pg_cron knows it.
 *
 * @param id its id
 * @param schedule its cron expression
 * @param command what it runs
 * @param database where
 * @param username as whom
 * @param active whether it fires
 * @param runs its last runs, newest first
 */
public record PgCronJob(long id, String schedule, String command, String database, String username, boolean active,
		List<JobRun> runs) {

	/**
	 * A run of the job.
	 *
	 * @param status what pg_cron says of it, such as {@code succeeded}
	 * @param message what the database answered
	 * @param startedAt when it began; null if it has not
	 * @param endedAt when it ended; null if it has not
	 */
	public record JobRun(String status, @Nullable String message, @Nullable Instant startedAt,
			@Nullable Instant endedAt) {

	}

}
