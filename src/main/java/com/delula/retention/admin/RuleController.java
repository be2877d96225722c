package com.delula.retention.admin;

import java.io.IOException;

import com.delula.retention.answer.RowAnswers;
import com.delula.retention.answer.RowJson;
import com.delula.retention.answer.RuleAnswers;
import com.delula.retention.answer.RuleStatusJson;
import com.delula.retention.answer.RulesJson;
import com.delula.retention.answer.RunReply;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.Mode;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Every rule over HTTP, by its name. */
@RestController
@RequestMapping(path = "/api/admin/rules", produces = "application/json")
class RuleController {

	private final Rules rules;

	private final RuleAnswers answers;

	private final RowAnswers rows;

	private final RuleCalls calls;

	RuleController(Rules rules, RuleAnswers answers, RowAnswers rows, RuleCalls calls) {
		this.rules = rules;
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
	RowJson row(@PathVariable String rule, @PathVariable String key,
			@RequestParam(required = false) @Nullable String table, Authentication caller) {
		return this.rows.explain(find(rule), table, key, caller.getName());
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
