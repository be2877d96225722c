package com.delula.retention.cli;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.delula.retention.answer.BacklogAnswers;
import com.delula.retention.answer.PurgeAnswers;
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
		Map<String, @Nullable Object> backlog = session.bean(BacklogAnswers.class).status();
		Map<String, @Nullable Object> jobs = session.bean(PurgeAnswers.class).status();
		if (this.json) {
			session.json(together(backlog, jobs));
			return ExitCode.DONE;
		}
		backlog(session, backlog);
		jobs(session, jobs);
		runs(session);
		return ExitCode.DONE;
	}

	/** The fields of both of the API's answers; it is as old as the older of them. */
	private static Map<String, @Nullable Object> together(Map<String, @Nullable Object> backlog,
			Map<String, @Nullable Object> jobs) {
		Map<String, @Nullable Object> body = new LinkedHashMap<>(backlog);
		body.putAll(jobs);
		if (backlog.get("asOf") instanceof Instant one && jobs.get("asOf") instanceof Instant other) {
			body.put("asOf", one.isBefore(other) ? one : other);
		}
		return body;
	}

	private static void backlog(Session session, Map<String, @Nullable Object> status) {
		new Table("GENERATIONS", "ROWS").row("failed", status.get("failedGenerations"))
			.row("completed", status.get("completedGenerations"))
			.row("pending", status.get("pendingGenerations"))
			.row("processing", status.get("processingGenerations"))
			.row("all", status.get("totalGenerations"))
			.print(session.terminal().out());
		session.terminal().out().println();
		if (status.get("recipesWithFailedGenerations") instanceof List<?> recipes && !recipes.isEmpty()) {
			recipes(session, recipes);
		}
	}

	private static void recipes(Session session, List<?> recipes) {
		Table table = new Table("RECIPE", "NAME", "FAILED", "OLDEST");
		for (Object line : recipes.subList(0, Math.min(LINES, recipes.size()))) {
			Map<?, ?> recipe = (Map<?, ?>) line;
			table.row((recipe.get("recipeId") != null) ? String.valueOf(recipe.get("recipeId")) : null,
					recipe.get("recipeName"), recipe.get("failedCount"), recipe.get("oldestFailedAge"));
		}
		table.print(session.terminal().out());
		if (recipes.size() > LINES) {
			session.terminal().out().println("… and " + (recipes.size() - LINES) + " more; --json lists them");
		}
		session.terminal().out().println();
	}

	private static void jobs(Session session, Map<String, @Nullable Object> status) {
		Table table = new Table("JOBS", "ROWS");
		rows(table, "", status.get("jobs"));
		rows(table, "upscale, ", status.get("upscaleJobs"));
		table.row("due now (" + status.get("maxAgeHours") + " h)", status.get("dueJobs"))
			.row("upscale, due now", status.get("dueUpscaleJobs"))
			.print(session.terminal().out());
		session.terminal().out().println();
	}

	private static void rows(Table table, String prefix, @Nullable Object byStatus) {
		if (byStatus instanceof Map<?, ?> rows) {
			rows.forEach((status, count) -> table.row(prefix + status, count));
		}
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

}
