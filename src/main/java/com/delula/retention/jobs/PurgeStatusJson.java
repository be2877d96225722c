package com.delula.retention.jobs;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How the jobs stand, in the contract's words.
 *
 * @param success always true
 * @param asOf when they were counted
 * @param maxAgeHours how old finished rows have to be
 * @param dueJobs jobs that a purge would remove now
 * @param dueUpscaleJobs upscale jobs that a purge would remove now
 * @param oldestDueAt the oldest of all these; null if there are none
 * @param jobs jobs by status
 * @param upscaleJobs upscale jobs by status
 */
public record PurgeStatusJson(boolean success, Instant asOf, long maxAgeHours, long dueJobs, long dueUpscaleJobs,
		@Nullable Instant oldestDueAt, Map<String, Long> jobs, Map<String, Long> upscaleJobs) {

}
