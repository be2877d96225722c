package com.delula.retention.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.delula.retention.answer.Age;
import com.delula.retention.backlog.BacklogAnswers;
import com.delula.retention.jobs.PurgeAnswers;
import com.delula.retention.backlog.BacklogReader;
import com.delula.retention.backlog.BacklogStatus;
import com.delula.retention.backlog.BacklogStatusJson;
import com.delula.retention.jobs.JobReader;
import com.delula.retention.jobs.JobStatus;
import com.delula.retention.jobs.PurgeProperties;
import com.delula.retention.jobs.PurgeStatusJson;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunEngine;
import com.delula.retention.run.RunHistory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows how the backlog and the jobs stand. */
@Command(name = "status", mixinStandardHelpOptions = true,
		description = "Show how many rows there are, what is due now and how the last runs ended.")
final class StatusCommand implements CliCommand {

	private static final int LINES = 20;

	@Option(names = "--json", description = "Answer in JSON, with the API's field names.")
	private boolean json;

	@Override
	public int run(Session session) {
		BacklogStatus backlog = session.bean(BacklogReader.class).status();
		JobStatus jobs = session.bean(JobReader.class).status();
		if (this.json) {
			session.json(together(session, backlog, jobs));
			return ExitCode.DONE;
		}
		backlog(session, backlog);
		jobs(session, jobs);
		runs(session);
		return ExitCode.DONE;
	}

	/** The fields of both of the API's answers; it is as old as the older of them. */
	private static BothJson together(Session session, BacklogStatus backlog, JobStatus jobs) {
		BacklogStatusJson first = session.bean(BacklogAnswers.class).status(backlog);
		PurgeStatusJson second = session.bean(PurgeAnswers.class).status(jobs);
		Instant asOf = backlog.asOf().isBefore(jobs.asOf()) ? backlog.asOf() : jobs.asOf();
		return new BothJson(true, first.totalGenerations(), first.completedGenerations(), first.failedGenerations(),
				first.pendingGenerations(), first.processingGenerations(), asOf, first.recipesWithFailedGenerations(),
				first.recipesTruncated(), second.maxAgeHours(), second.dueJobs(), second.dueUpscaleJobs(),
				second.oldestDueAt(), second.jobs(), second.upscaleJobs());
	}

	private static void backlog(Session session, BacklogStatus status) {
		new Table("GENERATIONS", "ROWS").row("failed", status.count("failed"))
			.row("completed", status.count("completed"))
			.row("pending", status.count("pending"))
			.row("processing", status.count("processing"))
			.row("all", status.total())
			.print(session.terminal().out());
		session.terminal().out().println();
		if (!status.recipes().isEmpty()) {
			recipes(session, status);
		}
	}

	private static void recipes(Session session, BacklogStatus status) {
		Table table = new Table("RECIPE", "NAME", "FAILED", "OLDEST");
		status.recipes().stream().limit(LINES).forEach((recipe) -> {
			Instant oldest = recipe.oldestFailedAt();
			table.row(recipe.recipeId(), recipe.recipeName(), recipe.failedCount(),
					(oldest != null) ? Age.text(Duration.between(oldest, status.asOf())) : null);
		});
		table.print(session.terminal().out());
		if (status.recipes().size() > LINES) {
			session.terminal().out().println("… and " + (status.recipes().size() - LINES) + " more; --json lists them");
		}
		session.terminal().out().println();
	}

	private static void jobs(Session session, JobStatus status) {
		Table table = new Table("JOBS", "ROWS");
		status.jobs().forEach(table::row);
		status.upscaleJobs().forEach((state, rows) -> table.row("upscale, " + state, rows));
		long maxAge = session.bean(PurgeProperties.class).maxAge().toHours();
		table.row("due now (" + maxAge + " h)", status.dueJobs())
			.row("upscale, due now", status.dueUpscaleJobs())
			.print(session.terminal().out());
		session.terminal().out().println();
	}

	private static void runs(Session session) {
		RunHistory history = session.bean(RunHistory.class);
		Table table = new Table("TASK", "LAST RUN", "ENDED AS", "REMOVED", "NOW");
		for (String task : session.bean(RunEngine.class).tasks()) {
			String now = history.running(task).map((run) -> "running: " + run.id()).orElse("idle");
			Run last = history.last(task).orElse(null);
			table.row(task, (last != null) ? last.startedAt() : null, (last != null) ? last.status().label() : null,
					(last != null) ? last.rowsRemoved() : null, now);
		}
		table.print(session.terminal().out());
	}

	@Override
	public boolean json() {
		return this.json;
	}

	private record BothJson(boolean success, long totalGenerations, long completedGenerations, long failedGenerations,
			long pendingGenerations, long processingGenerations, Instant asOf,
			List<BacklogStatusJson.FailedRecipeJson> recipesWithFailedGenerations, boolean recipesTruncated,
			long maxAgeHours, long dueJobs, long dueUpscaleJobs, @Nullable Instant oldestDueAt, Map<String, Long> jobs,
			Map<String, Long> upscaleJobs) {

	}

}
