/**
 * The backlog cleanup's schedule inside the database: a job of the extension
 * {@code pg_cron} that calls {@code backlog_cleanup_failed_generations()}.
 */
@NullMarked
package com.delula.retention.pgcron;

import org.jspecify.annotations.NullMarked;
