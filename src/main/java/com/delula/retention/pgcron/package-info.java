/**
 * The rules inside the database: a function for each, written from its description, and
 * the schedule of the backlog cleanup as a job of the extension {@code pg_cron} that
 * calls {@code backlog_cleanup_failed_generations()}.
 */
@NullMarked
package com.delula.retention.pgcron;

import org.jspecify.annotations.NullMarked;
