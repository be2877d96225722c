package com.delula.retention.dashboard;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.delula.retention.option.OptionException;
import com.delula.retention.report.Report;
import com.delula.retention.report.ReportCsv;
import com.delula.retention.report.Reports;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.status.RuleStatuses;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** A report for each rule: what is expected, and what was. */
@PageController
class ReportPageController {

	static final String PATH = "/reports";

	private static final List<Integer> PERIODS = List.of(7, 14, 30, 90, 366);

	private final Reports reports;

	private final RuleStatuses statuses;

	private final Rules rules;

	ReportPageController(Reports reports, RuleStatuses statuses, Rules rules) {
		this.reports = reports;
		this.statuses = statuses;
		this.rules = rules;
	}

	@GetMapping(PATH)
	String first() {
		return "redirect:" + PATH + "/" + this.rules.all().get(0).name();
	}

	/** The page itself needs no count; its part is loaded by itself. */
	@GetMapping(PATH + "/{rule}")
	String page(@PathVariable String rule, @RequestParam(required = false) @Nullable String days, Model model) {
		model.addAttribute("rule", find(rule));
		model.addAttribute("rules", this.rules.all());
		String shown = days(days);
		model.addAttribute("days", shown);
		model.addAttribute("periods", periods(shown));
		model.addAttribute("refused", days != null && !days.isEmpty() && !shown.equals(days));
		return "dashboard/report";
	}

	@GetMapping(PATH + "/{rule}/charts")
	String charts(@PathVariable String rule, @RequestParam(required = false) @Nullable String days,
			HttpServletRequest http, Model model) {
		Rule found = find(rule);
		model.addAttribute("rule", found);
		model.addAttribute("days", days(days));
		model.addAttribute("span", Span.MONTH);
		model.addAttribute("forecast", this.statuses.of(found).forecast());
		model.addAttribute("view", ReportView.of(report(found, days)));
		model.addAttribute("groupNoun", this.reports.groupNoun(found));
		model.addAttribute("reasonNoun", this.reports.reasonNoun(found));
		return Htmx.asks(http) ? "dashboard/report-charts" : "dashboard/report-whole";
	}

	@GetMapping(PATH + "/{rule}/csv")
	ResponseEntity<byte[]> csv(@PathVariable String rule, @RequestParam(required = false) @Nullable String days) {
		Report report = report(find(rule), days);
		return ResponseEntity.ok()
			.contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
			.header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"report-" + report.rule() + ".csv\"")
			.body(ReportCsv.of(report).getBytes(StandardCharsets.UTF_8));
	}

	private Report report(Rule rule, @Nullable String days) {
		return this.reports.of(rule, days(days));
	}

	/** Those that are offered, and the one that is shown. */
	private static Set<Integer> periods(String days) {
		Set<Integer> periods = new TreeSet<>(PERIODS);
		periods.add(Integer.valueOf(days));
		return periods;
	}

	/** Ignores what is invalid in an address; the page says so. */
	private static String days(@Nullable String days) {
		try {
			Reports.checkDays(days);
			return (days != null) ? days : "30";
		}
		catch (OptionException ex) {
			return "30";
		}
	}

	private Rule find(String rule) {
		return this.rules.find(rule).orElseThrow(NoSuchPageException::rule);
	}

}
