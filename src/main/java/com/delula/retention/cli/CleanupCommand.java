package com.delula.retention.cli;

import java.util.List;

import com.delula.retention.backlog.BacklogAnswers;
import com.delula.retention.backlog.CleanupCounts;
import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a regular backlog cleanup. */
@Command(name = "cleanup", mixinStandardHelpOptions = true,
		description = "Remove old failed generations of the backlog user; the newest of each recipe stay.")
final class CleanupCommand implements CliCommand {

	/** More lines than this nobody reads; {@code --json} lists up to a thousand. */
	private static final int LINES = 20;

	@Mixin
	private BacklogNarrowing narrowing = new BacklogNarrowing();

	@Option(names = "--dry-run", description = "Only count what would go.")
	private boolean dryRun;

	@Option(names = "--json", description = "Answer in JSON, with the API's field names.")
	private boolean json;

	@Override
	public int run(Session session) {
		return new Runner(session, this.json).run(this.narrowing.request(session, Mode.REGULAR, this.dryRun),
				"Backlog cleanup", session.bean(BacklogAnswers.class)::regular,
				(run, counts) -> show(session, run, counts));
	}

	private void show(Session session, Run run, CleanupCounts counts) {
		new Table("run", run.id().toString()).row("failed before", counts.totalFailedGenerations())
			.row(this.dryRun ? "would be removed" : "removed", counts.cleanedUpGenerations())
			.row("recipes affected", counts.recipesAffected())
			.row("kept, referred to", counts.rowsKeptReferenced())
			.row("cutoff", counts.cutoff())
			.print(session.terminal().out());
		if (!counts.cleanupDetails().isEmpty()) {
			recipes(session, counts.cleanupDetails());
		}
	}

	private void recipes(Session session, List<CleanupCounts.Detail> details) {
		Table table = new Table("RECIPE", "NAME", "FAILED", this.dryRun ? "WOULD GO" : "REMOVED", "KEPT");
		details.stream()
			.limit(LINES)
			.forEach((recipe) -> table.row(String.valueOf(recipe.recipeId()), recipe.recipeName(), recipe.failedCount(),
					recipe.cleanedCount(), recipe.keptCount()));
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
	public boolean deletes() {
		return true;
	}

	@Override
	public boolean removes() {
		return !this.dryRun;
	}

}
