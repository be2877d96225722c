package com.delula.retention.cli;

import java.util.ArrayList;
import java.util.List;

import com.delula.retention.option.RawOptions;
import com.delula.retention.option.RawValue;
import com.delula.retention.policy.edit.PolicyInput;
import com.delula.retention.rule.Rule;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A policy as arguments of a command. */
final class PolicyFields {

	@Option(names = "--match", paramLabel = "COLUMN=VALUE",
			description = "Rows with this value in this column. Can be repeated.")
	private List<String> match = new ArrayList<>();

	@Option(names = "--match-none", paramLabel = "COLUMN",
			description = "Rows without a value in this column. Can be repeated.")
	private List<String> matchNone = new ArrayList<>();

	@Option(names = "--max-age-hours", paramLabel = "N", description = "Rows strictly older are due; 0 for any age.")
	private @Nullable String maxAgeHours;

	@Option(names = "--keep-newest", paramLabel = "N", description = "The newest rows of each group that stay.")
	private @Nullable String keepNewest;

	@Option(names = "--hold",
			description = "Keep every matching row, in an emergency too, until the policy is deleted.")
	private boolean hold;

	@Option(names = "--note", paramLabel = "TEXT", description = "Why the policy is there.")
	private @Nullable String note;

	/** Whether none was given. */
	boolean isEmpty() {
		return this.match.isEmpty() && this.matchNone.isEmpty() && this.maxAgeHours == null && this.keepNewest == null
				&& !this.hold && this.note == null;
	}

	/** The policy as it was given. */
	PolicyInput input(Rule rule) {
		RawOptions fields = new RawOptions().add("maxAgeHours", this.maxAgeHours)
			.add("keepNewest", this.keepNewest)
			.add("hold", String.valueOf(this.hold))
			.add("note", this.note);
		RawOptions values = new RawOptions();
		for (String given : this.match) {
			int equals = given.indexOf('=');
			String name = (equals < 0) ? given : given.substring(0, equals);
			values.add(option(rule, name), RawValue.plain((equals < 0) ? "" : given.substring(equals + 1)));
		}
		return new PolicyInput(fields, values, this.matchNone.stream().map((name) -> option(rule, name)).toList());
	}

	/** An option by its name in kebab case, as the other commands have it. */
	private static String option(Rule rule, String name) {
		return rule.narrowBy()
			.stream()
			.map(Rule::optionName)
			.filter((option) -> Spelling.argument(option).equals("--" + name))
			.findFirst()
			.orElse(name);
	}

}
