package com.delula.retention.cli;

import com.delula.retention.backlog.BacklogCleanup;
import com.delula.retention.option.OptionType;
import com.delula.retention.option.OptionValues;
import com.delula.retention.option.RawOptions;
import com.delula.retention.request.RuleRequests;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.Trigger;
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
			new com.delula.retention.option.Option<>("failureReason", OptionType.text()).read(this.failureReason);
		}
	}

	/** The request, the recipe's id in the form that this installation's have. */
	RunRequest request(Session session, Mode mode, boolean dryRun) {
		check();
		Rule rule = session.bean(Rules.class).get(BacklogCleanup.NAME);
		RuleRequests requests = session.bean(RuleRequests.class);
		RawOptions raw = new RawOptions().add("dryRun", String.valueOf(dryRun))
			.add("recipeId", this.recipeId)
			.add("failureReason", this.failureReason);
		OptionValues values = requests.options(rule, mode).parse(raw);
		return requests.request(rule, mode, Trigger.CLI, Runner.actor(), values);
	}

}
