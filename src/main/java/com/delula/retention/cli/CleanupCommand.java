package com.delula.retention.cli;

import java.util.List;
import java.util.Map;

import com.delula.retention.answer.BacklogAnswers;
import com.delula.retention.backlog.BacklogCleanup;
import com.delula.retention.backlog.BacklogOptions;
import com.delula.retention.run.Mode;
import com.delula.retention.run.Trigger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a regular backlog cleanup. */
@Command(name = "cleanup", mixinStandardHelpOptions = true,
		description = "Remove old failed generations of the backlog user; the newest of each recipe stay.")
final class CleanupCommand implements CliCommand {

	/** More lines than this nobody reads; {@code --json} lists up to a thousand. */
	private static final int LINES = 20;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Mixin
	private BacklogNarrowing narrowing = new BacklogNarrowing();

	@Option(names = "--dry-run", description = "Only count what would go.")
	private boolean dryRun;

	@Option(names = "--json", description = "Answer in JSON, with the API's field names.")
	private boolean json;

	@Override
	public int run(Session session) {
		BacklogOptions options = this.narrowing.read(this.spec, session);
		return new Runner(session, this.json).run(
				BacklogCleanup.request(Mode.REGULAR, Trigger.CLI, Runner.actor(), this.dryRun, options),
				"Backlog cleanup", session.bean(BacklogAnswers.class)::regular, (body) -> show(session, body));
	}

	private void show(Session session, Map<String, @Nullable Object> body) {
		new Table("run", String.valueOf(body.get("runId"))).row("failed before", body.get("totalFailedGenerations"))
			.row(this.dryRun ? "would be removed" : "removed", body.get("cleanedUpGenerations"))
			.row("recipes affected", body.get("recipesAffected"))
			.row("kept, referred to", body.get("rowsKeptReferenced"))
			.row("cutoff", body.get("cutoff"))
			.print(session.terminal().out());
		if (body.get("cleanupDetails") instanceof List<?> details && !details.isEmpty()) {
			recipes(session, details);
		}
	}

	private void recipes(Session session, List<?> details) {
		Table table = new Table("RECIPE", "NAME", "FAILED", this.dryRun ? "WOULD GO" : "REMOVED", "KEPT");
		for (Object detail : details.subList(0, Math.min(LINES, details.size()))) {
			Map<?, ?> recipe = (Map<?, ?>) detail;
			table.row(String.valueOf(recipe.get("recipeId")), recipe.get("recipeName"), recipe.get("failedCount"),
					recipe.get("cleanedCount"), recipe.get("keptCount"));
		}
		session.terminal().out().println();
		table.print(session.terminal().out());
		if (details.size() > LINES) {
			session.terminal().out().println("… and " + (details.size() - LINES) + " more; --json lists them");
		}
	}

	@Override
	public boolean json() {
		return this.json;
	}

	@Override
	public boolean removes() {
		return !this.dryRun;
	}

}
