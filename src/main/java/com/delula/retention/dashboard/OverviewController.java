package com.delula.retention.dashboard;

import java.time.Instant;
import java.util.List;

import com.delula.retention.monitor.TaskHealthReader;
import com.delula.retention.rule.Rule;
import com.delula.retention.run.history.RunHistory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The overview. The page itself needs no database, so that it can tell when there is
 * none; its parts are loaded one by one.
 */
@PageController
class OverviewController {

	private final TaskHealthReader tasks;

	private final RunHistory history;

	private final RuleActions actions;

	private final Cards cards;

	private final TableStates states;

	private final List<RulePanel> panels;

	private final Charts charts;

	OverviewController(TaskHealthReader tasks, RunHistory history, RuleActions actions, Cards cards, TableStates states,
			ObjectProvider<RulePanel> panels, Charts charts) {
		this.tasks = tasks;
		this.history = history;
		this.actions = actions;
		this.cards = cards;
		this.states = states;
		this.panels = panels.orderedStream().toList();
		this.charts = charts;
	}

	@GetMapping("/")
	String page(Model model) {
		model.addAttribute("places", RowController.places(this.actions.rules()));
		return "dashboard/overview";
	}

	@GetMapping("/overview/tasks")
	String tasks(@ModelAttribute(name = "user", binding = false) CurrentUser user, Model model) {
		Instant now = this.history.now();
		model.addAttribute("overview", new Overview(this.cards.of(this.tasks.read(), user, now), now));
		return "dashboard/tasks";
	}

	@GetMapping("/overview/stocks")
	String stocks(Model model) {
		model.addAttribute("stocks", this.actions.rules().stream().map(this::stock).toList());
		return "dashboard/stocks";
	}

	@GetMapping("/overview/charts")
	String charts(@RequestParam(required = false) @Nullable String span, Model model) {
		Span chosen = Span.of(span);
		model.addAttribute("span", chosen);
		model.addAttribute("spans", Span.values());
		model.addAttribute("removed", this.charts.removed(chosen));
		model.addAttribute("failed", this.charts.failed(chosen));
		model.addAttribute("due", this.charts.due(chosen));
		return "dashboard/charts";
	}

	private RuleStock stock(Rule rule) {
		RuleStock.Panel panel = this.panels.stream()
			.filter((candidate) -> candidate.rule().equals(rule.name()))
			.findFirst()
			.map(RuleStock.Panel::of)
			.orElse(null);
		return RuleStock.of(rule, this.states.of(rule), panel);
	}

}
