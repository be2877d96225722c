package com.delula.retention.jobs;

import java.util.List;

import com.delula.retention.installation.RequiredIndex;
import com.delula.retention.installation.RequiredTable;
import com.delula.retention.installation.Requirements;

/** What the job purge needs of the database. */
final class JobRequirements implements Requirements {

	private static final List<String> PRIVILEGES = List.of("SELECT", "DELETE");

	private static final String FINISHED = "(created_at, id) WHERE status IN ('completed', 'failed')";

	@Override
	public List<RequiredTable> tables() {
		return List.of(new RequiredTable("jobs", List.of("id", "status", "created_at"), PRIVILEGES),
				new RequiredTable("upscale_jobs", List.of("id", "source_job_id", "status", "created_at"), PRIVILEGES));
	}

	/**
	 * Finished rows in the order of removal, and the way from a job to its upscale jobs,
	 * which each deleted job takes.
	 */
	@Override
	public List<RequiredIndex> indexes() {
		return List.of(new RequiredIndex("retention_jobs_finished_idx", "jobs", FINISHED, List.of()),
				new RequiredIndex("retention_upscale_jobs_finished_idx", "upscale_jobs", FINISHED, List.of()),
				new RequiredIndex("retention_upscale_jobs_source_idx", "upscale_jobs", "(source_job_id)",
						List.of("source_job_id")));
	}

}
