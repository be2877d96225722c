package com.delula.retention.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import com.delula.retention.answer.PoliciesJson;
import com.delula.retention.answer.PolicyAnswers;
import com.delula.retention.answer.PolicyEditJson;
import com.delula.retention.answer.PolicyJson;
import com.delula.retention.policy.edit.PolicyEdits;
import com.delula.retention.rule.Policy;
import com.delula.retention.rule.Quantity;
import com.delula.retention.rule.Rule;
import com.delula.retention.run.Trigger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists, saves and deletes the policies of a rule. */
@Command(name = "policies", mixinStandardHelpOptions = true,
		description = "List, save (--set) or delete (--delete) the policies of a rule.",
		footer = { "", "A hold has no end date: it stays until its policy is deleted." })
final class PoliciesCommand implements CliCommand {

	@Spec
	private @Nullable CommandSpec spec;

	@Parameters(index = "0", paramLabel = "RULE", description = "The rule; 'rules' lists them.")
	private String rule = "";

	@Option(names = "--set", paramLabel = "ID", description = "Save the policy with this id.")
	private @Nullable String set;

	@Option(names = "--delete", paramLabel = "ID", description = "Delete the policy with this id.")
	private @Nullable String delete;

	@ArgGroup(exclusive = false)
	private PolicyFields fields = new PolicyFields();

	@Option(names = "--dry-run", description = "Only count the rows that the change would make due.")
	private boolean dryRun;

	@Option(names = "--json", description = "Answer in JSON, with the API's field names.")
	private boolean json;

	@Override
	public int run(Session session) {
		Rule found = NoSuchException.rule(Objects.requireNonNull(this.spec), session.description().rules(), this.rule);
		if (this.set != null && this.delete != null) {
			throw wrong("Give one of --set and --delete.");
		}
		if (this.set == null && (!this.fields.isEmpty() || (this.delete == null && this.dryRun))) {
			throw wrong("These options need --set.");
		}
		if (this.set == null && this.delete == null) {
			show(session, session.bean(PolicyAnswers.class).list(found));
			return ExitCode.DONE;
		}
		PolicyEditJson edit = (this.set != null) ? save(session, found, this.set)
				: delete(session, found, String.valueOf(this.delete));
		show(session, edit);
		return ExitCode.DONE;
	}

	private PolicyEditJson save(Session session, Rule found, String id) {
		PolicyEdits edits = session.bean(PolicyEdits.class);
		PolicyAnswers answers = session.bean(PolicyAnswers.class);
		Policy policy = edits.read(found, id, this.fields.input(found));
		return this.dryRun ? answers.preview(found, policy, edits.preview(found, policy))
				: answers.edited(found, edits.save(found, policy, Runner.actor(), Trigger.CLI));
	}

	private PolicyEditJson delete(Session session, Rule found, String id) {
		PolicyEdits edits = session.bean(PolicyEdits.class);
		PolicyAnswers answers = session.bean(PolicyAnswers.class);
		return this.dryRun ? answers.preview(found, edits.get(found, id).policy(), edits.previewDeletion(found, id))
				: answers.edited(found, edits.delete(found, id, Runner.actor(), Trigger.CLI));
	}

	private ParameterException wrong(String why) {
		return new ParameterException(Objects.requireNonNull(this.spec).commandLine(), why);
	}

	private void show(Session session, PoliciesJson policies) {
		if (this.json) {
			session.json(policies);
			return;
		}
		Table table = new Table("POLICY", "MATCH", "OLDER THAN", "KEEPS NEWEST", "HOLD", "CHANGED BY", "NOTE");
		policies.items()
			.forEach((policy) -> table.row(policy.id(), match(policy.match()),
					(policy.maxAgeHours() != null) ? Quantity.of(policy.maxAgeHours(), "hour") : null,
					policy.keepNewest(), policy.hold() ? "hold" : null, policy.changedBy(), policy.note()));
		table.print(session.terminal());
		session.terminal()
			.out()
			.println(policies.items().isEmpty() ? "No policies."
					: "A row falls under the policy that matches most columns; a hold keeps all that it matches.");
	}

	private void show(Session session, PolicyEditJson edit) {
		if (this.json) {
			session.json(edit);
			return;
		}
		PolicyJson policy = edit.policy();
		String what = "Policy " + policy.id() + " of " + edit.rule();
		session.terminal()
			.out()
			.println(edit.dryRun()
					? String.format(Locale.ROOT,
							"%s: %,d more rows due, %,d fewer (%,d now, %,d then). Nothing was changed.", what,
							edit.moreDue(), edit.fewerDue(), edit.dueBefore(), edit.dueAfter())
					: what + ((this.set != null) ? " saved." : " deleted.") + " Applies from the next run on.");
	}

	private static String match(Map<String, @Nullable Object> match) {
		return match.entrySet()
			.stream()
			.map((value) -> value.getKey() + "=" + ((value.getValue() != null) ? value.getValue() : "(none)"))
			.collect(Collectors.joining(", "));
	}

	@Override
	public boolean json() {
		return this.json;
	}

}
