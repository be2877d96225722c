package com.delula.retention.jobs;

import java.time.Instant;

import com.delula.retention.answer.RunCounts;
import org.jspecify.annotations.Nullable;

/**
 * The counts of a purge.
 *
 * @param cutoff older rows went
 * @param maxAgeHours the age that held for the run
 * @param jobsDeleted jobs removed, or that would be
 * @param upscaleJobsDeleted upscale jobs removed, or that would be
 * @param jobsKeptReferenced jobs kept because an upscale job refers to them
 * @param rowsKeptReferenced all rows kept because other rows refer to them
 */
public record PurgeCounts(Instant cutoff, long maxAgeHours, @Nullable Long jobsDeleted,
		@Nullable Long upscaleJobsDeleted, @Nullable Long jobsKeptReferenced,
		long rowsKeptReferenced) implements RunCounts {

}
