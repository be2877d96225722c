package com.delula.retention.dashboard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.delula.retention.rule.Rule;
import com.delula.retention.run.history.RunHistory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/**
 * What the palette offers: pages, actions that the user may start, rules, recent runs and
 * groups.
 */
@PageController
class PaletteController {

	private static final int RECENT = 8;

	/** Groups of a rule; who looks for a smaller one has its page. */
	private static final int GROUPS = 300;

	private final RuleActions actions;

	private final RunHistory history;

	private final Choices choices;

	private final PageFormatter formatter;

	private final List<FeaturePage> pages = new ArrayList<>();

	PaletteController(RuleActions actions, RunHistory history, Choices choices, PageFormatter formatter,
			ObjectProvider<FeaturePage> features) {
		this.choices = choices;
		this.formatter = formatter;
		this.actions = actions;
		this.history = history;
		this.pages.add(new FeaturePage("/", "Overview"));
		features.orderedStream().forEach(this.pages::add);
		this.pages.addAll(List.of(new FeaturePage(ReportPageController.PATH, "Reports"),
				new FeaturePage("/runs", "Runs"), new FeaturePage("/rows", "Why is this row still there?"),
				new FeaturePage("/doctor", "Doctor"), new FeaturePage(ApiDocsController.PATH, "API")));
	}

	@GetMapping("/palette")
	String palette(@ModelAttribute(name = "user", binding = false) CurrentUser user, Model model) {
		Instant now = this.history.now();
		model.addAttribute("pages", this.pages);
		model.addAttribute("rules", this.actions.rules());
		model.addAttribute("actions",
				this.actions.rules().stream().flatMap((rule) -> this.actions.offered(rule, user).stream()).toList());
		model.addAttribute("runs",
				this.history.find(null, null, null, 0, RECENT)
					.map((run) -> new RunView(run, now, this.formatter.title(run.task())))
					.getContent());
		return "dashboard/palette";
	}

	/** By itself, because it waits for a count. */
	@GetMapping("/palette/groups")
	String groups(Model model) {
		model.addAttribute("listed", this.actions.rules().stream().flatMap((rule) -> groups(rule).stream()).toList());
		return "dashboard/palette-groups";
	}

	private Optional<Groups> groups(Rule rule) {
		return Optional.ofNullable(rule.groupColumn())
			.flatMap((column) -> this.choices.of(rule, column))
			.map((all) -> new Groups(rule.name(), rule.title() + ", by " + this.choices.groupNoun(rule),
					all.stream().limit(GROUPS).toList()));
	}

	/** The groups of a rule, those with most rows first. */
	private record Groups(String rule, String title, List<Choice> groups) {
	}

}
