package com.delula.retention.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import com.delula.retention.doctor.Finding;
import com.delula.retention.monitor.Due;
import com.delula.retention.monitor.DueRowsReader;
import com.delula.retention.monitor.TaskHealth;
import com.delula.retention.policy.edit.PolicyEdits;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import org.jspecify.annotations.Nullable;

/** Puts together what the overview says of each rule. */
class Cards {

	private final Rules rules;

	private final DueRowsReader due;

	private final PolicyEdits policies;

	private final RuleActions actions;

	private final CriticalFindings findings;

	Cards(Rules rules, DueRowsReader due, PolicyEdits policies, RuleActions actions, CriticalFindings findings) {
		this.rules = rules;
		this.due = due;
		this.policies = policies;
		this.actions = actions;
		this.findings = findings;
	}

	List<Overview.Card> of(List<TaskHealth> tasks, CurrentUser user, Instant now) {
		List<Finding> critical = this.findings.latest();
		return tasks.stream()
			.flatMap((
					task) -> this.rules.find(task.task()).map((rule) -> card(rule, task, critical, user, now)).stream())
			.toList();
	}

	private Overview.Card card(Rule rule, TaskHealth health, List<Finding> critical, CurrentUser user, Instant now) {
		Due found = this.due.find(health).orElse(null);
		List<Finding> concerning = CriticalFindings.concerning(rule, critical);
		Standing standing = Standing.of(rule, health, found, longest(rule, found), concerning, now);
		return new Overview.Card(new RuleState(rule, health, found, this.actions.offered(rule, user), now), standing,
				concerning);
	}

	/** The greatest age that the rule or a policy gives to rows. */
	private Duration longest(Rule rule, @Nullable Due found) {
		if (found == null || found.rows() == 0) {
			return rule.maxAge();
		}
		return Stream.concat(Stream.of(rule.maxAge()),
				this.policies.list(rule)
					.stream()
					.map((stored) -> stored.policy().maxAgeHours())
					.filter(Objects::nonNull)
					.map(Duration::ofHours))
			.max(Duration::compareTo)
			.orElseThrow();
	}

}
