package com.delula.retention.cli;

import com.delula.retention.backlog.BacklogOptions;
import com.delula.retention.backlog.NarrowingOptions;
import com.delula.retention.option.RawOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that narrow what a backlog cleanup removes, never what it keeps. */
final class BacklogNarrowing {

	@Option(names = "--recipe-id", paramLabel = "ID", description = "Only failures of this recipe.")
	private @Nullable String recipeId;

	@Option(names = "--failure-reason", paramLabel = "REASON", description = "Only failures for exactly this reason.")
	private @Nullable String failureReason;

	/** Looks at the values as far as that goes without the database. */
	void check() {
		if (this.failureReason != null) {
			NarrowingOptions.FAILURE_REASON.read(this.failureReason);
		}
	}

	/** The options, the recipe's id in the form that this installation's have. */
	BacklogOptions read(Session session) {
		check();
		NarrowingOptions narrowing = session.bean(NarrowingOptions.class);
		RawOptions raw = new RawOptions().add("recipeId", this.recipeId).add("failureReason", this.failureReason);
		return narrowing.read(narrowing.set().parse(raw));
	}

}
