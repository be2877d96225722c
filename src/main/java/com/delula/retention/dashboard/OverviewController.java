package com.delula.retention.dashboard;

import java.time.Instant;
import java.util.List;

import com.delula.retention.backlog.BacklogReader;
import com.delula.retention.backlog.BacklogStatus;
import com.delula.retention.jobs.JobReader;
import com.delula.retention.jobs.JobStatus;
import com.delula.retention.monitor.DueRowsReader;
import com.delula.retention.monitor.TaskHealthReader;
import com.delula.retention.run.RunHistory;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The first page. It needs no database by itself, so that it can say that there is none;
 * its parts come one by one, the quick ones first.
 */
@Controller
class OverviewController {

	private final TaskHealthReader tasks;

	private final RunHistory history;

	private final DueRowsReader due;

	private final BacklogReader backlog;

	private final JobReader jobs;

	private final Charts charts;

	private final Words words;

	OverviewController(TaskHealthReader tasks, RunHistory history, DueRowsReader due, BacklogReader backlog,
			JobReader jobs, Charts charts, Words words) {
		this.tasks = tasks;
		this.history = history;
		this.due = due;
		this.backlog = backlog;
		this.jobs = jobs;
		this.charts = charts;
		this.words = words;
	}

	@GetMapping("/login")
	String login(@Nullable Authentication caller) {
		return (caller != null) ? "redirect:/" : "dashboard/login";
	}

	@GetMapping("/")
	String page() {
		return "dashboard/overview";
	}

	@GetMapping("/overview/tasks")
	String tasks(Model model) {
		Instant now = this.history.now();
		List<Overview.Card> cards = this.tasks.read()
			.stream()
			.map((task) -> new Overview.Card(task, this.due.find(task.task()).orElse(null), now))
			.toList();
		model.addAttribute("overview", new Overview(cards, now, this.words));
		return "dashboard/tasks";
	}

	@GetMapping("/overview/stocks")
	String stocks(Model model) {
		BacklogStatus backlog = this.backlog.status();
		JobStatus jobs = this.jobs.status();
		model.addAttribute("backlog", Stocks.of(backlog));
		model.addAttribute("backlogTotal", backlog.total());
		model.addAttribute("backlogAsOf", backlog.asOf());
		model.addAttribute("worst", backlog.recipes().stream().limit(5).toList());
		model.addAttribute("jobs", Stocks.jobs(jobs));
		model.addAttribute("upscaleJobs", Stocks.upscaleJobs(jobs));
		model.addAttribute("jobStatus", jobs);
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

}
