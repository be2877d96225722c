package com.delula.retention.dashboard;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.delula.retention.run.Run;
import com.delula.retention.run.RunEngine;
import com.delula.retention.run.RunHistory;
import com.delula.retention.run.RunStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Page;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The run history, and one run with its progress. */
@Controller
class RunPageController {

	private static final String ASKED = "asked";

	private static final String ENDED = "ended";

	private final RunHistory history;

	private final RunEngine engine;

	RunPageController(RunHistory history, RunEngine engine) {
		this.history = history;
		this.engine = engine;
	}

	@GetMapping("/runs")
	String list(@RequestParam(required = false) @Nullable String task,
			@RequestParam(required = false) @Nullable String status,
			@RequestParam(required = false) @Nullable String page, Model model) {
		RunQuery query = RunQuery.of(task, status, page, this.engine.tasks());
		Page<Run> found = this.history.find(query.task(), query.status(), query.page(), Slab.SIZE);
		Instant now = this.history.now();
		List<RunView> runs = found.map((run) -> new RunView(run, now)).getContent();
		model.addAttribute("query", query);
		model.addAttribute("tasks", this.engine.tasks());
		model.addAttribute("statuses", RunStatus.values());
		model.addAttribute("runs", new Slab<>(runs, query.page(), found.getTotalElements()));
		return "dashboard/runs";
	}

	@GetMapping("/runs/{id}")
	String one(@PathVariable String id, @RequestParam(required = false) @Nullable String cancel, Model model) {
		model.addAttribute("notice", notice(cancel));
		model.addAttribute("view", new RunView(find(id), this.history.now()));
		return "dashboard/run";
	}

	@PostMapping("/runs/{id}/cancel")
	String cancel(@PathVariable String id) {
		Run run = find(id);
		boolean asked = this.engine.cancel(run.id());
		return "redirect:/runs/" + run.id() + "?cancel=" + (asked ? ASKED : ENDED);
	}

	/** In the address, because another instance may answer it. */
	private static @Nullable String notice(@Nullable String cancel) {
		if (ASKED.equals(cancel)) {
			return "The run was asked to end after its batch.";
		}
		return ENDED.equals(cancel) ? "The run had already ended; there was nothing to cancel." : null;
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
