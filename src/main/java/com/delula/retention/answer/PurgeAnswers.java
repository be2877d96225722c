package com.delula.retention.answer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.delula.retention.jobs.JobReader;
import com.delula.retention.jobs.JobStatus;
import com.delula.retention.jobs.PurgeProperties;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunOutcome;
import com.delula.retention.run.RunOutcome.StepOutcome;
import org.jspecify.annotations.Nullable;

/** What is told of the jobs and of their purges. */
public class PurgeAnswers {

	private final JobReader jobs;

	private final PurgeProperties properties;

	PurgeAnswers(JobReader jobs, PurgeProperties properties) {
		this.jobs = jobs;
		this.properties = properties;
	}

	/** How the jobs stand. */
	public Map<String, @Nullable Object> status() {
		return status(this.jobs.status());
	}

	/** A count in the contract's words. */
	public Map<String, @Nullable Object> status(JobStatus status) {
		Map<String, @Nullable Object> body = new LinkedHashMap<>();
		body.put("success", true);
		body.put("asOf", status.asOf());
		body.put("maxAgeHours", this.properties.maxAge().toHours());
		body.put("dueJobs", status.dueJobs());
		body.put("dueUpscaleJobs", status.dueUpscaleJobs());
		body.put("oldestDueAt", status.oldestDueAt());
		body.put("jobs", status.jobs());
		body.put("upscaleJobs", status.upscaleJobs());
		return body;
	}

	/**
	 * The counts of a purge.
	 * @param hours the age that was asked for; the configured one if null
	 */
	public PurgeCounts counts(RunOutcome outcome, @Nullable Integer hours) {
		long maxAge = (hours != null) ? hours : this.properties.maxAge().toHours();
		return new PurgeCounts(outcome.run().cutoff(), maxAge, removed(outcome, "jobs"),
				removed(outcome, "upscale_jobs"), kept(outcome, "jobs"), outcome.run().rowsKeptReferenced());
	}

	/**
	 * The history's count, which is exact whatever happened; a dry run's is its stock,
	 * null when it ended before it had counted.
	 */
	private static @Nullable Long removed(RunOutcome outcome, String table) {
		Run run = outcome.run();
		if (run.dryRun()) {
			return step(outcome, table).map(StepOutcome::removed).orElse(null);
		}
		return run.removedFrom(table);
	}

	private static @Nullable Long kept(RunOutcome outcome, String table) {
		Long nothing = outcome.run().dryRun() ? null : 0L;
		return step(outcome, table).map(StepOutcome::keptReferenced).orElse(nothing);
	}

	private static Optional<StepOutcome> step(RunOutcome outcome, String table) {
		return outcome.steps().stream().filter((step) -> step.table().equals(table)).findFirst();
	}

}
