package com.delula.retention.dashboard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.delula.retention.policy.StoredPolicy;
import com.delula.retention.policy.edit.PolicyEdits;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.GroupRows;
import com.delula.retention.run.InvalidKeyException;
import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.Trigger;
import com.delula.retention.run.Verdict;
import com.delula.retention.run.engine.RowReader;
import com.delula.retention.run.history.RunHistory;
import com.delula.retention.status.Counts;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** A page for each group of a rule: what is in it, and what becomes of that. */
@PageController
class GroupPageController {

	private final Rules rules;

	private final RowReader rows;

	private final Counts counts;

	private final RunHistory history;

	private final Choices choices;

	private final RuleActions actions;

	private final PolicyEdits policies;

	GroupPageController(Rules rules, RowReader rows, Counts counts, RunHistory history, Choices choices,
			RuleActions actions, PolicyEdits policies) {
		this.rules = rules;
		this.rows = rows;
		this.counts = counts;
		this.history = history;
		this.choices = choices;
		this.actions = actions;
		this.policies = policies;
	}

	/**
	 * A group.
	 * @param key its key; empty for the rows without one
	 */
	@GetMapping("/rules/{rule}/group")
	String page(@PathVariable String rule, @RequestParam String key,
			@ModelAttribute(name = "user", binding = false) CurrentUser user, Authentication caller, Model model) {
		Rule found = this.rules.find(rule).orElseThrow(NoSuchPageException::rule);
		String column = found.groupColumn();
		if (column == null) {
			throw NoSuchPageException.group();
		}
		String group = key.isEmpty() ? null : key;
		GroupView view = GroupView.of(group, this.choices.text(found, column, group),
				look(found, group, caller.getName()), this.history.now());
		model.addAttribute("rule", found);
		model.addAttribute("view", view);
		model.addAttribute("noun", this.choices.groupNoun(found));
		model.addAttribute("rowsNoun", this.choices.rowsNoun(found));
		model.addAttribute("reason", reason(found));
		model.addAttribute("policies", policies(found, column, group));
		model.addAttribute("links", links(found, view, user));
		return "dashboard/group";
	}

	/**
	 * The policies in force that match rows of the group, in the order of their
	 * precedence.
	 */
	private List<StoredPolicy> policies(Rule rule, String column, @Nullable String group) {
		Map<String, @Nullable String> known = new HashMap<>();
		known.put(column, group);
		return this.policies.list(rule).stream().filter((stored) -> stored.policy().canMatch(known)).toList();
	}

	private GroupRows look(Rule rule, @Nullable String key, String actor) {
		RunRequest request = new RunRequest(rule.name(), Mode.REGULAR, Trigger.PAGE, actor, true, Map.of());
		try {
			return this.counts.once(() -> this.rows.rows(request).group(key, reason(rule), GroupView.LISTED));
		}
		catch (InvalidKeyException ex) {
			throw NoSuchPageException.group();
		}
	}

	/** The first column that narrows a rule and forms no groups; null without one. */
	private static @Nullable String reason(Rule rule) {
		return rule.narrowBy().stream().filter((column) -> !column.equals(rule.groupColumn())).findFirst().orElse(null);
	}

	/** The option that names the group to an action; null where nothing can. */
	private static @Nullable String option(Rule rule, GroupView view) {
		String column = rule.groupColumn();
		return (column != null && view.key() != null && rule.narrowBy().contains(column)) ? Rule.optionName(column)
				: null;
	}

	/** Without an option that names the group an action would be about all groups. */
	private List<GroupLink> links(Rule rule, GroupView view, CurrentUser user) {
		String option = option(rule, view);
		if (option == null) {
			return List.of();
		}
		List<GroupLink> links = new ArrayList<>();
		Run running = this.history.running(rule.name()).orElse(null);
		if (running != null) {
			links.add(new GroupLink("watch", "Watch the run", "", "/runs/" + running.id()));
			return links;
		}
		long held = view.rows().fates().getOrDefault(Verdict.HELD, 0L);
		for (RuleAction action : this.actions.offered(rule, user)) {
			if ((action.emergency() ? view.rows().rows() - held : view.rows().due()) > 0) {
				links.add(new GroupLink(action.id(), action.button(), action.emergency() ? "danger" : "primary",
						address(action.path(), option, view)));
			}
		}
		if (user.admin()) {
			links.add(new GroupLink("new-policy", "New policy…", "",
					address("/rules/" + rule.name() + "/policies/edit", option, view)));
		}
		return links;
	}

	private static String address(String path, String option, GroupView view) {
		return UriComponentsBuilder.fromPath(path)
			.queryParam(option, "{key}")
			.encode()
			.buildAndExpand(view.key())
			.toUriString();
	}

	/**
	 * What can be done about a group.
	 *
	 * @param id the id of its button
	 * @param text what stands on it
	 * @param tone how it looks
	 * @param address where it leads
	 */
	record GroupLink(String id, String text, String tone, String address) {

	}

}
