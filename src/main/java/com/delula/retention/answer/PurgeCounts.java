package com.delula.retention.answer;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

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

	@Override
	public Map<String, @Nullable Object> fields() {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("cutoff", this.cutoff);
		fields.put("maxAgeHours", this.maxAgeHours);
		fields.put("jobsDeleted", this.jobsDeleted);
		fields.put("upscaleJobsDeleted", this.upscaleJobsDeleted);
		fields.put("jobsKeptReferenced", this.jobsKeptReferenced);
		fields.put("rowsKeptReferenced", this.rowsKeptReferenced);
		return fields;
	}

}
