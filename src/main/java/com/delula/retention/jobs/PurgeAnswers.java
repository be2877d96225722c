package com.delula.retention.jobs;

import java.util.Optional;

import com.delula.retention.rule.Rule;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunOutcome;
import com.delula.retention.run.RunOutcome.StepOutcome;
import org.jspecify.annotations.Nullable;

/** Answers about jobs and purges. */
public class PurgeAnswers {

	private final JobReader jobs;

	private final PurgeProperties properties;

	PurgeAnswers(JobReader jobs, PurgeProperties properties) {
		this.jobs = jobs;
		this.properties = properties;
	}

	/** How the jobs stand. */
	public PurgeStatusJson status() {
		return status(this.jobs.status());
	}

	/** A count in the contract's words. */
	public PurgeStatusJson status(JobStatus status) {
		return new PurgeStatusJson(true, status.asOf(), this.properties.maxAge().toHours(), status.dueJobs(),
				status.dueUpscaleJobs(), status.oldestDueAt(), status.jobs(), status.upscaleJobs());
	}

	/** The counts of a purge. */
	public PurgeCounts counts(RunOutcome outcome) {
		String hours = outcome.run().options().get(Rule.HOURS);
		long maxAge = (hours != null) ? Long.parseLong(hours) : this.properties.maxAge().toHours();
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
