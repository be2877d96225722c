package com.delula.retention.dashboard;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.history.RunHistory;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Page;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The run history, and one run with its progress. */
@PageController
class RunPageController {

	private final RunHistory history;

	private final Rules rules;

	private final PageFormatter formatter;

	private final RunDetailsReader details;

	RunPageController(RunHistory history, Rules rules, PageFormatter formatter, RunDetailsReader details) {
		this.details = details;
		this.history = history;
		this.rules = rules;
		this.formatter = formatter;
	}

	@GetMapping("/runs")
	String list(@RequestParam(required = false) @Nullable String task,
			@RequestParam(required = false) @Nullable String status,
			@RequestParam(required = false) @Nullable String mode,
			@RequestParam(required = false) @Nullable String page, Model model) {
		RunQuery query = RunQuery.of(task, status, mode, page, this.rules.all().stream().map(Rule::name).toList());
		Page<Run> found = find(query);
		int last = ResultPage.lastPage(found.getTotalElements());
		if (query.page() > last) {
			query = query.on(last);
			found = find(query);
		}
		Instant now = this.history.now();
		List<RunView> runs = found.map((run) -> view(run, now)).getContent();
		model.addAttribute("query", query);
		model.addAttribute("rules", this.rules.all());
		model.addAttribute("modes", Mode.values());
		model.addAttribute("statuses", RunStatus.values());
		model.addAttribute("runs", new ResultPage<>(runs, query.page(), found.getTotalElements()));
		return "dashboard/runs";
	}

	@GetMapping("/runs/{id}")
	String one(@PathVariable String id, @RequestParam(required = false) @Nullable String steered,
			@ModelAttribute(name = "user", binding = false) CurrentUser user, Model model) {
		Run run = find(id);
		model.addAttribute("notice", SteeringNotice.text(steered, run).orElse(null));
		model.addAttribute("steered", steered);
		model.addAttribute("view", view(run, this.history.now()));
		model.addAttribute("details", this.details.of(run, user));
		return "dashboard/run";
	}

	private Page<Run> find(RunQuery query) {
		return this.history.find(query.task(), query.status(), query.mode(), query.page(), ResultPage.SIZE);
	}

	private RunView view(Run run, Instant now) {
		return new RunView(run, now, this.formatter.title(run.task()));
	}

	private Run find(String id) {
		try {
			return this.history.find(UUID.fromString(id)).orElseThrow(NoSuchPageException::run);
		}
		catch (IllegalArgumentException ex) {
			throw NoSuchPageException.run();
		}
	}

}
