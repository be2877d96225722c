package com.delula.retention.jobs;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.delula.retention.installation.Catalog;
import com.delula.retention.jobs.FinishedStep.References;
import com.delula.retention.option.Option;
import com.delula.retention.option.OptionSet;
import com.delula.retention.option.OptionType;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RetentionStep;
import com.delula.retention.run.RetentionTask;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.Trigger;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Removes finished upscale jobs and jobs when they are old enough. */
public final class JobPurge implements RetentionTask {

	/** The task's name. */
	public static final String NAME = "job-purge";

	/** The age for one run, in hours. */
	public static final Option<Integer> HOURS = new Option<>("hours",
			OptionType.wholeNumber(0, PurgeProperties.MAX_HOURS));

	/** The options of a call. */
	public static final OptionSet OPTIONS = new OptionSet(List.of(HOURS, Option.DRY_RUN));

	private final JdbcClient jdbc;

	private final Catalog catalog;

	private final PurgeProperties properties;

	JobPurge(JdbcClient jdbc, Catalog catalog, PurgeProperties properties) {
		this.jdbc = jdbc;
		this.catalog = catalog;
		this.properties = properties;
	}

	/**
	 * The wish to run it.
	 * @param hours the age for this run only, in hours; the configured one if null
	 */
	public static RunRequest request(Trigger trigger, String actor, boolean dryRun, @Nullable Integer hours) {
		Map<String, String> options = (hours != null) ? Map.of(HOURS.name(), hours.toString()) : Map.of();
		return new RunRequest(NAME, Mode.REGULAR, trigger, actor, dryRun, options);
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public String ledgerType() {
		return "job_purge";
	}

	@Override
	public Set<Mode> modes() {
		return EnumSet.of(Mode.REGULAR);
	}

	@Override
	public List<String> tables() {
		return List.of("upscale_jobs", "jobs");
	}

	@Override
	public Duration age(RunRequest request) {
		String hours = request.options().get(HOURS.name());
		return (hours != null) ? Duration.ofHours(Long.parseLong(hours)) : this.properties.maxAge();
	}

	@Override
	public List<RetentionStep> steps(RunScope scope) {
		return List.of(new FinishedStep(this.jdbc, JobSql.UPSCALE_JOBS, scope, References.ofUpscaleJobs(this.catalog)),
				new FinishedStep(this.jdbc, JobSql.JOBS, scope, References.ofJobs(this.catalog)));
	}

	@Override
	public String summary(Run run) {
		if (run.dryRun()) {
			return "Purge counted (dry run): " + run.rowsDue() + " jobs and upscale jobs would be deleted";
		}
		return "Purge " + run.ending() + ": " + run.removedFrom("jobs") + " jobs, " + run.removedFrom("upscale_jobs")
				+ " upscale jobs deleted";
	}

}
