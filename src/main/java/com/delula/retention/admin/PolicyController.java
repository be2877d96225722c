package com.delula.retention.admin;

import java.io.IOException;

import com.delula.retention.answer.PoliciesJson;
import com.delula.retention.answer.PolicyAnswers;
import com.delula.retention.answer.PolicyEditJson;
import com.delula.retention.policy.edit.PolicyEdits;
import com.delula.retention.rule.Policy;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.Trigger;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The policies of every rule over HTTP. */
@RestController
@RequestMapping(path = "/api/admin/rules/{rule}/policies", produces = "application/json")
class PolicyController {

	private final Rules rules;

	private final PolicyEdits edits;

	private final PolicyAnswers answers;

	PolicyController(Rules rules, PolicyEdits edits, PolicyAnswers answers) {
		this.rules = rules;
		this.edits = edits;
		this.answers = answers;
	}

	@GetMapping
	PoliciesJson list(@PathVariable String rule) {
		return this.answers.list(find(rule));
	}

	@PutMapping("/{id}")
	PolicyEditJson save(@PathVariable String rule, @PathVariable String id, HttpServletRequest http,
			Authentication caller) throws IOException {
		Rule found = find(rule);
		SentPolicy sent = SentPolicy.of(http);
		Policy policy = this.edits.read(found, id, sent.policy());
		return sent.dryRun() ? this.answers.preview(found, policy, this.edits.preview(found, policy))
				: this.answers.edited(found, this.edits.save(found, policy, caller.getName(), Trigger.API));
	}

	@DeleteMapping("/{id}")
	PolicyEditJson delete(@PathVariable String rule, @PathVariable String id, HttpServletRequest http,
			Authentication caller) throws IOException {
		Rule found = find(rule);
		if (SentPolicy.isDryRun(http)) {
			return this.answers.preview(found, this.edits.get(found, id).policy(),
					this.edits.previewDeletion(found, id));
		}
		return this.answers.edited(found, this.edits.delete(found, id, caller.getName(), Trigger.API));
	}

	private Rule find(String name) {
		return this.rules.find(name).orElseThrow(() -> NoSuchRuleException.named(this.rules));
	}

}
