package com.delula.retention.jobs;

import java.util.Map;

import com.delula.retention.rule.IndexUse;
import com.delula.retention.rule.Quantity;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.RuleSchedule;
import com.delula.retention.rule.RuleTable;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.Trigger;
import org.jspecify.annotations.Nullable;

/** Removes finished upscale jobs and jobs when they are old enough. */
public final class JobPurge {

	/** The rule's name. */
	public static final String NAME = "job-purge";

	private JobPurge() {
	}

	/** The rule's description. */
	static Rule rule(PurgeProperties properties) {
		return Rule.named(NAME)
			.settings("retention.purge")
			.title("Purge")
			.says("Removes completed and failed jobs and upscale jobs older than " + Quantity.of(properties.maxAge())
					+ ", but keeps jobs that an upscale job refers to.")
			.keeps("keeps finished jobs for " + Quantity.of(properties.maxAge()))
			.table(RuleTable.named("upscale_jobs")
				.noun("upscale jobs")
				.key("id")
				.only("status", "completed", "failed")
				.time("created_at")
				.index(IndexUse.TIME, "retention_upscale_jobs_finished_idx")
				.build())
			.table(RuleTable.named("jobs")
				.noun("jobs")
				.key("id")
				.only("status", "completed", "failed")
				.time("created_at")
				.heldBy("upscale_jobs", "source_job_id", "retention_upscale_jobs_source_idx")
				.index(IndexUse.TIME, "retention_jobs_finished_idx")
				.build())
			.olderThan(properties.maxAge())
			.ageMayBeGiven()
			.schedule(schedule(properties))
			.books("job_purge", "job purge")
			.build();
	}

	private static RuleSchedule schedule(PurgeProperties properties) {
		String cron = properties.cron();
		return (cron != null) ? RuleSchedule.cron(cron)
				: RuleSchedule.every(properties.interval(), properties.initialDelay());
	}

	/**
	 * The wish to run it.
	 * @param hours the age for this run only, in hours; the configured one if null
	 */
	public static RunRequest request(Trigger trigger, String actor, boolean dryRun, @Nullable Integer hours) {
		Map<String, String> options = (hours != null) ? Map.of(Rule.HOURS, hours.toString()) : Map.of();
		return new RunRequest(NAME, Mode.REGULAR, trigger, actor, dryRun, options);
	}

}
