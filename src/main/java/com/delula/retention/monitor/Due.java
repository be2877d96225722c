package com.delula.retention.monitor;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * How many rows of a task are due.
 *
 * @param task the task's name
 * @param rows rows that a run would remove
 * @param oldest the time of the oldest of them; null if there is none
 * @param asOf when they were counted
 * @param lastRun the newest run that had ended by then; null before the first
 */
public record Due(String task, long rows, @Nullable Instant oldest, Instant asOf, @Nullable UUID lastRun) {

}
