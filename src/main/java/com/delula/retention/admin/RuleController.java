package com.delula.retention.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import com.delula.retention.answer.RowAnswers;
import com.delula.retention.answer.RowJson;
import com.delula.retention.answer.RuleAnswers;
import com.delula.retention.answer.RuleStatusJson;
import com.delula.retention.answer.RulesJson;
import com.delula.retention.answer.RunReply;
import com.delula.retention.option.OptionException;
import com.delula.retention.report.Report;
import com.delula.retention.report.ReportCsv;
import com.delula.retention.report.Reports;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.Mode;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Every rule over HTTP, by its name. */
@RestController
@RequestMapping(path = "/api/admin/rules", produces = "application/json")
class RuleController {

	private final Rules rules;

	private final RuleAnswers answers;

	private final RowAnswers rows;

	private final RuleCalls calls;

	private final Reports reports;

	RuleController(Rules rules, RuleAnswers answers, RowAnswers rows, RuleCalls calls, Reports reports) {
		this.rules = rules;
		this.reports = reports;
		this.answers = answers;
		this.rows = rows;
		this.calls = calls;
	}

	@GetMapping
	RulesJson list() {
		return this.answers.all();
	}

	@GetMapping("/{rule}/status")
	RuleStatusJson status(@PathVariable String rule) {
		return this.answers.status(find(rule));
	}

	@GetMapping("/{rule}/rows/{key}")
	RowJson row(@PathVariable String rule, @PathVariable String key, HttpServletRequest http, Authentication caller) {
		return this.rows.explain(find(rule), only(http, RowAnswers.TABLE), key, caller.getName());
	}

	/** The same for any key: not every one can be part of an address. */
	@GetMapping("/{rule}/rows")
	RowJson row(@PathVariable String rule, HttpServletRequest http, Authentication caller) {
		Rule found = find(rule);
		String key = only(http, RowAnswers.KEY);
		if (key == null) {
			throw OptionException.required(RowAnswers.KEY, "the key of a row");
		}
		return this.rows.explain(found, only(http, RowAnswers.TABLE), key, caller.getName());
	}

	private static @Nullable String only(HttpServletRequest http, String name) {
		String[] values = http.getParameterValues(name);
		if (values != null && values.length > 1) {
			throw OptionException.repeated(name);
		}
		return (values != null) ? values[0] : null;
	}

	@GetMapping("/{rule}/report")
	Report report(@PathVariable String rule, HttpServletRequest http) {
		return this.reports.of(find(rule), days(http));
	}

	/** The same for a spreadsheet. */
	@GetMapping(path = "/{rule}/report", produces = ReportCsv.TYPE)
	ResponseEntity<byte[]> reportAsCsv(@PathVariable String rule, HttpServletRequest http) {
		byte[] csv = ReportCsv.of(this.reports.of(find(rule), days(http))).getBytes(StandardCharsets.UTF_8);
		return ResponseEntity.ok()
			.contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
			.header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"report-" + rule + ".csv\"")
			.body(csv);
	}

	/** More than one value is none that makes sense. */
	private static @Nullable String days(HttpServletRequest http) {
		String[] days = http.getParameterValues("days");
		return (days != null) ? String.join(",", days) : null;
	}

	@PostMapping("/{rule}/run")
	ResponseEntity<RunReply> run(@PathVariable String rule, HttpServletRequest http, Authentication caller)
			throws IOException {
		return this.calls.run(find(rule), Mode.REGULAR, http, caller);
	}

	@PostMapping("/{rule}/emergency")
	ResponseEntity<RunReply> emergency(@PathVariable String rule, HttpServletRequest http, Authentication caller)
			throws IOException {
		Rule found = find(rule);
		if (!found.emergency()) {
			throw NoSuchRuleException.withEmergency(found, this.rules);
		}
		return this.calls.run(found, Mode.EMERGENCY, http, caller);
	}

	private Rule find(String name) {
		return this.rules.find(name).orElseThrow(() -> NoSuchRuleException.named(this.rules));
	}

}
