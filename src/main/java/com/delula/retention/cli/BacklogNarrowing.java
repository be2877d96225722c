package com.delula.retention.cli;

import com.delula.retention.backlog.BacklogOptions;
import com.delula.retention.backlog.RecipeIds;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options that narrow what a backlog cleanup removes, never what it keeps. */
final class BacklogNarrowing {

	@Option(names = "--recipe-id", paramLabel = "ID", description = "Only failures of this recipe.")
	private @Nullable String recipeId;

	@Option(names = "--failure-reason", paramLabel = "REASON", description = "Only failures for exactly this reason.")
	private @Nullable String failureReason;

	/** Looks at the values as far as that goes without the database. */
	void check(CommandSpec command) {
		Checks.text(command, "--recipe-id", this.recipeId);
		Checks.text(command, "--failure-reason", this.failureReason);
	}

	/** The options, the recipe's id in the form that this installation's have. */
	BacklogOptions read(CommandSpec command, Session session) {
		check(command);
		String given = this.recipeId;
		if (given == null) {
			return new BacklogOptions(null, this.failureReason);
		}
		String recipe = session.bean(RecipeIds.class)
			.parse(given)
			.orElseThrow(() -> Checks.wrong(command, "--recipe-id", given, "the id of a recipe"));
		return new BacklogOptions(recipe, this.failureReason);
	}

}
