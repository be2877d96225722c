package com.delula.retention.dashboard;

import java.time.Instant;
import java.util.List;

import com.delula.retention.monitor.DueRowsReader;
import com.delula.retention.monitor.TaskHealth;
import com.delula.retention.monitor.TaskHealthReader;
import com.delula.retention.policy.StoredPolicy;
import com.delula.retention.policy.edit.PolicyEdits;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.history.RunHistory;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** A page for each rule: what it does, how it stands, what comes next. */
@PageController
@RequestMapping("/rules/{rule}")
class RulePageController {

	private static final String RULE = "rule";

	/** Runs that are listed; the history has the others. */
	private static final int RUNS = 7;

	/** Groups that are listed; the field beside the list finds the others. */
	private static final int GROUPS = 10;

	private final Rules rules;

	private final TaskHealthReader tasks;

	private final DueRowsReader due;

	private final RunHistory history;

	private final PolicyEdits policies;

	private final RuleActions actions;

	private final Firings firings;

	private final RuleFindings findings;

	private final Choices choices;

	RulePageController(Rules rules, TaskHealthReader tasks, DueRowsReader due, RunHistory history, PolicyEdits policies,
			RuleActions actions, Firings firings, RuleFindings findings, Choices choices) {
		this.rules = rules;
		this.tasks = tasks;
		this.due = due;
		this.history = history;
		this.policies = policies;
		this.actions = actions;
		this.firings = firings;
		this.findings = findings;
		this.choices = choices;
	}

	@ModelAttribute(RULE)
	Rule rule(@PathVariable String rule) {
		return this.rules.find(rule).orElseThrow(NoSuchPageException::rule);
	}

	@GetMapping
	String page(@ModelAttribute(name = RULE, binding = false) Rule rule,
			@ModelAttribute(name = "user", binding = false) CurrentUser user, Model model) {
		Instant now = this.history.now();
		model.addAttribute("view", view(rule, user, now));
		String group = rule.groupColumn();
		if (group != null) {
			List<Choice> all = this.choices.of(rule, group).orElse(null);
			model.addAttribute("groupNoun", this.choices.groupNoun(rule));
			model.addAttribute("rowsNoun", this.choices.rowsNoun(rule));
			model.addAttribute("groups", (all != null) ? all.stream().limit(GROUPS).toList() : null);
			model.addAttribute("choices", all);
		}
		return "dashboard/rule";
	}

	private RuleView view(Rule rule, CurrentUser user, Instant now) {
		List<RunView> runs = this.history.find(rule.name(), null, null, 0, RUNS)
			.map((run) -> new RunView(run, now, rule.title()))
			.getContent();
		List<StoredPolicy> exceptions = rule.narrowBy().isEmpty() ? List.of() : this.policies.list(rule);
		TaskHealth health = this.tasks.read(rule.name());
		return new RuleView(
				new RuleState(rule, health, this.due.find(health).orElse(null), this.actions.offered(rule, user), now),
				RuleSetting.of(rule, this.choices.groupNoun(rule)), this.firings.of(rule), exceptions, runs);
	}

	/** By itself, because the doctor takes longer than the rest of the page. */
	@GetMapping("/findings")
	String findings(@ModelAttribute(name = RULE, binding = false) Rule rule, HttpServletRequest http, Model model) {
		model.addAttribute("findings", this.findings.of(rule));
		return Htmx.asks(http) ? "dashboard/rule-findings :: list" : "dashboard/findings";
	}

}
