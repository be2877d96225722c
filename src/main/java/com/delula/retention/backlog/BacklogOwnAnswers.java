package com.delula.retention.backlog;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.delula.retention.answer.Age;
import com.delula.retention.answer.Grid;
import com.delula.retention.answer.OwnAnswers;
import com.delula.retention.answer.RunCounts;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RunOutcome;
import org.jspecify.annotations.Nullable;

/** The backlog and its cleanups in words of their own. */
final class BacklogOwnAnswers implements OwnAnswers {

	private static final String NO_RECIPE = "No recipe";

	private final BacklogReader backlog;

	private final BacklogAnswers answers;

	BacklogOwnAnswers(BacklogReader backlog, BacklogAnswers answers) {
		this.backlog = backlog;
		this.answers = answers;
	}

	@Override
	public String rule() {
		return BacklogCleanup.NAME;
	}

	@Override
	public RunCounts counts(RunOutcome outcome) {
		return isEmergency(outcome) ? this.answers.emergency(outcome) : this.answers.regular(outcome);
	}

	@Override
	public List<Grid> details(RunOutcome outcome) {
		Grid grid = new Grid("RECIPE", "NAME", "FAILED", outcome.run().dryRun() ? "WOULD GO" : "REMOVED", "KEPT");
		this.answers.details(outcome)
			.forEach((recipe) -> grid.row(key(recipe.recipeId()), name(recipe.recipeId(), recipe.recipeName()),
					recipe.failedCount(), recipe.cleanedCount(), recipe.keptCount()));
		return List.of(grid);
	}

	@Override
	public Overview overview() {
		BacklogStatus status = this.backlog.status();
		return new Overview(status.asOf(), this.answers.status(status), List.of(states(status), recipes(status)));
	}

	private static boolean isEmergency(RunOutcome outcome) {
		return outcome.run().mode() == Mode.EMERGENCY;
	}

	private static Grid states(BacklogStatus status) {
		return new Grid("GENERATIONS", "ROWS").row("failed", status.count("failed"))
			.row("completed", status.count("completed"))
			.row("pending", status.count("pending"))
			.row("processing", status.count("processing"))
			.row("all", status.total());
	}

	private static Grid recipes(BacklogStatus status) {
		Grid grid = new Grid("RECIPE", "NAME", "FAILED", "OLDEST");
		status.recipes().forEach((recipe) -> {
			Instant oldest = recipe.oldestFailedAt();
			grid.row(key(recipe.recipeId()), name(recipe.recipeId(), recipe.recipeName()), recipe.failedCount(),
					(oldest != null) ? Age.text(Duration.between(oldest, status.asOf())) : null);
		});
		return grid;
	}

	/** As a text: ids are not to be grouped and aligned like numbers. */
	private static String key(@Nullable Object recipe) {
		return (recipe != null) ? recipe.toString() : NO_RECIPE;
	}

	private static @Nullable String name(@Nullable Object recipe, String name) {
		return (recipe != null) ? name : null;
	}

}
