package com.delula.retention.admin;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import com.delula.retention.jobs.JobPurge;
import com.delula.retention.jobs.JobReader;
import com.delula.retention.jobs.JobStatus;
import com.delula.retention.jobs.PurgeProperties;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunOutcome;
import com.delula.retention.run.RunOutcome.StepOutcome;
import com.delula.retention.run.Trigger;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The job purge over HTTP. */
@RestController
@RequestMapping(path = "/api/admin/purge", produces = "application/json")
class PurgeController {

	private static final String DRY_RUN = "dryRun";

	private static final String HOURS = "hours";

	private final JobReader jobs;

	private final PurgeProperties properties;

	private final Answers answers;

	PurgeController(JobReader jobs, PurgeProperties properties, Answers answers) {
		this.jobs = jobs;
		this.properties = properties;
		this.answers = answers;
	}

	@GetMapping("/status")
	Map<String, @Nullable Object> status() {
		JobStatus status = this.jobs.status();
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

	@PostMapping
	ResponseEntity<Object> purge(HttpServletRequest http, Authentication caller) throws IOException {
		Options options = Options.of(http, HOURS, DRY_RUN);
		Integer hours = options.number(HOURS, 0, PurgeProperties.MAX_HOURS);
		boolean dryRun = options.flag(DRY_RUN);
		long maxAge = (hours != null) ? hours : this.properties.maxAge().toHours();
		return this.answers.run(JobPurge.request(Trigger.API, caller.getName(), dryRun, hours), http, "Purge",
				(outcome) -> counts(outcome, maxAge));
	}

	private static Map<String, @Nullable Object> counts(RunOutcome outcome, long maxAge) {
		Map<String, @Nullable Object> body = new LinkedHashMap<>();
		body.put("cutoff", outcome.run().cutoff());
		body.put("maxAgeHours", maxAge);
		body.put("jobsDeleted", removed(outcome, "jobs"));
		body.put("upscaleJobsDeleted", removed(outcome, "upscale_jobs"));
		body.put("jobsKeptReferenced", kept(outcome, "jobs"));
		body.put("rowsKeptReferenced", outcome.run().rowsKeptReferenced());
		return body;
	}

	/**
	 * The history's count, which is exact whatever happened; a dry run's is its stock.
	 */
	private static long removed(RunOutcome outcome, String table) {
		Run run = outcome.run();
		return run.dryRun() ? step(outcome, table).mapToLong(StepOutcome::removed).sum() : run.removedFrom(table);
	}

	private static long kept(RunOutcome outcome, String table) {
		return step(outcome, table).mapToLong(StepOutcome::keptReferenced).sum();
	}

	private static Stream<StepOutcome> step(RunOutcome outcome, String table) {
		return outcome.steps().stream().filter((step) -> step.table().equals(table));
	}

}
