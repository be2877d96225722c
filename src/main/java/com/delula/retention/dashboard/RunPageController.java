package com.delula.retention.dashboard;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.Caller;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.Trigger;
import com.delula.retention.run.engine.RunEngine;
import com.delula.retention.run.history.RunHistory;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Page;
import org.springframework.security.core.Authentication;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The run history, and one run with its progress. */
@PageController
class RunPageController {

	private static final String ASKED = "asked";

	private static final String ENDED = "ended";

	private final RunHistory history;

	private final RunEngine engine;

	private final Rules rules;

	private final PageFormatter formatter;

	private final RunDetailsReader details;

	RunPageController(RunHistory history, RunEngine engine, Rules rules, PageFormatter formatter,
			RunDetailsReader details) {
		this.details = details;
		this.history = history;
		this.engine = engine;
		this.rules = rules;
		this.formatter = formatter;
	}

	@GetMapping("/runs")
	String list(@RequestParam(required = false) @Nullable String task,
			@RequestParam(required = false) @Nullable String status,
			@RequestParam(required = false) @Nullable String page, Model model) {
		RunQuery query = RunQuery.of(task, status, page, this.rules.all().stream().map(Rule::name).toList());
		Page<Run> found = this.history.find(query.task(), query.status(), query.page(), ResultPage.SIZE);
		Instant now = this.history.now();
		List<RunView> runs = found.map((run) -> view(run, now)).getContent();
		model.addAttribute("query", query);
		model.addAttribute("rules", this.rules.all());
		model.addAttribute("statuses", RunStatus.values());
		model.addAttribute("runs", new ResultPage<>(runs, query.page(), found.getTotalElements()));
		return "dashboard/runs";
	}

	@GetMapping("/runs/{id}")
	String one(@PathVariable String id, @RequestParam(required = false) @Nullable String cancel,
			@RequestParam(required = false) @Nullable String steered,
			@ModelAttribute(name = "user", binding = false) CurrentUser user, Model model) {
		Run run = find(id);
		model.addAttribute("notice", SteeringNotice.text(steered).orElseGet(() -> notice(cancel)));
		model.addAttribute("view", view(run, this.history.now()));
		model.addAttribute("details", this.details.of(run, user));
		return "dashboard/run";
	}

	@PostMapping("/runs/{id}/cancel")
	String cancel(@PathVariable String id, Authentication caller) {
		Run run = find(id);
		boolean asked = this.engine.cancel(run.id(), new Caller(caller.getName(), Trigger.PAGE));
		return "redirect:/runs/" + run.id() + "?cancel=" + (asked ? ASKED : ENDED);
	}

	/** In the address, because another instance may answer it. */
	private static @Nullable String notice(@Nullable String cancel) {
		if (ASKED.equals(cancel)) {
			return "Cancelling: the run ends after its current batch.";
		}
		return ENDED.equals(cancel) ? "The run had already ended." : null;
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
