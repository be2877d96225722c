package com.delula.retention.dashboard;

import java.util.List;

import com.delula.retention.option.OptionException;
import com.delula.retention.policy.PolicyChange;
import com.delula.retention.policy.edit.PolicyEdits;
import com.delula.retention.policy.edit.PolicyException;
import com.delula.retention.rule.Policy;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.Trigger;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The policies of a rule: the list with its history, and the form that edits one. */
@PageController
@RequestMapping("/rules/{rule}/policies")
class PolicyPageController {

	private static final String RULE = "rule";

	private final Rules rules;

	private final PolicyEdits edits;

	private final Choices choices;

	PolicyPageController(Rules rules, PolicyEdits edits, Choices choices) {
		this.choices = choices;
		this.rules = rules;
		this.edits = edits;
	}

	@ModelAttribute(RULE)
	Rule rule(@PathVariable String rule) {
		return this.rules.find(rule)
			.filter((found) -> !found.narrowBy().isEmpty())
			.orElseThrow(NoSuchPageException::policies);
	}

	@GetMapping
	String list(@ModelAttribute(name = RULE, binding = false) Rule rule,
			@RequestParam(required = false) @Nullable String changed, Model model) {
		List<PolicyChange> changes = this.edits.changes(rule);
		model.addAttribute("policies", this.edits.list(rule));
		model.addAttribute("changes", changes);
		// What an address says of a change is told only if it is the last one
		model.addAttribute("changed",
				changes.stream().findFirst().filter((last) -> last.policy().equals(changed)).orElse(null));
		return "dashboard/policies";
	}

	@GetMapping("/edit")
	String edit(@ModelAttribute(name = RULE, binding = false) Rule rule,
			@RequestParam(required = false) @Nullable String id, HttpServletRequest http, HttpServletResponse response,
			Model model) {
		if (PolicyForm.isFilled(http)) {
			return check(rule, PolicyForm.of(rule, http), response, model);
		}
		return show((id != null) ? PolicyForm.of(rule, this.edits.get(rule, id).policy()) : PolicyForm.of(rule, http),
				model);
	}

	/** What was typed stays; only if all of it is right there is a preview. */
	private String check(Rule rule, PolicyForm form, HttpServletResponse response, Model model) {
		try {
			this.edits.read(rule, form.id(), form.input());
			return show(form.checked(), model);
		}
		catch (OptionException | PolicyException ex) {
			response.setStatus(HttpStatus.BAD_REQUEST.value());
			return show(form.rejected(ex), model);
		}
	}

	@GetMapping("/preview")
	String preview(@ModelAttribute(name = RULE, binding = false) Rule rule, HttpServletRequest http, Model model) {
		PolicyForm form = PolicyForm.of(rule, http);
		Policy policy = this.edits.read(rule, form.id(), form.input());
		model.addAttribute("form", form);
		model.addAttribute("change", this.edits.preview(rule, policy));
		model.addAttribute("absent", this.choices.absent(rule, policy.match()));
		return "dashboard/policy-preview";
	}

	@GetMapping("/delete")
	String confirm(@ModelAttribute(name = RULE, binding = false) Rule rule, @RequestParam String id, Model model) {
		model.addAttribute("policy", this.edits.get(rule, id).policy());
		model.addAttribute("change", this.edits.previewDeletion(rule, id));
		return "dashboard/policy-delete";
	}

	@PostMapping
	String save(@ModelAttribute(name = RULE, binding = false) Rule rule, HttpServletRequest http,
			HttpServletResponse response, Authentication caller, Model model) {
		PolicyForm form = PolicyForm.of(rule, http);
		try {
			Policy policy = this.edits.read(rule, form.id(), form.input());
			this.edits.save(rule, policy, caller.getName(), Trigger.PAGE);
			return list(rule, policy.id());
		}
		catch (OptionException | PolicyException ex) {
			response.setStatus(HttpStatus.BAD_REQUEST.value());
			return show(form.rejected(ex), model);
		}
	}

	@PostMapping("/delete")
	String delete(@ModelAttribute(name = RULE, binding = false) Rule rule, @RequestParam String id,
			Authentication caller) {
		this.edits.delete(rule, id, caller.getName(), Trigger.PAGE);
		return list(rule, id);
	}

	private static String list(Rule rule, String changed) {
		return "redirect:/rules/" + rule.name() + "/policies?changed=" + changed;
	}

	private String show(PolicyForm form, Model model) {
		model.addAttribute("form", form);
		model.addAttribute("choices", this.choices.byOption(form.rule()));
		return "dashboard/policy";
	}

}
