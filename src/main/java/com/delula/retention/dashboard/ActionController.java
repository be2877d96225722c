package com.delula.retention.dashboard;

import java.io.IOException;
import java.util.Objects;
import java.util.UUID;

import com.delula.retention.option.OptionException;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.engine.RunEngine;
import com.delula.retention.run.history.Approvals;
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

/**
 * The buttons of the rules: first a preview, then a dry run or the run itself, which is
 * followed on its own page.
 */
@PageController
@RequestMapping("/actions/{rule}/{mode}")
class ActionController {

	private static final String ACTION = "action";

	private final RuleActions actions;

	private final ActionForms forms;

	private final Previews previews;

	private final DueRowsPreview dueRows;

	private final DueRowsCsv csv;

	private final Choices choices;

	private final Approvals approvals;

	private final CriticalFindings findings;

	private final RunEngine engine;

	private final PageFormatter formatter;

	ActionController(RuleActions actions, ActionForms forms, Previews previews, DueRowsPreview dueRows, DueRowsCsv csv,
			Choices choices, Approvals approvals, CriticalFindings findings, RunEngine engine,
			PageFormatter formatter) {
		this.actions = actions;
		this.forms = forms;
		this.previews = previews;
		this.dueRows = dueRows;
		this.csv = csv;
		this.choices = choices;
		this.approvals = approvals;
		this.findings = findings;
		this.engine = engine;
		this.formatter = formatter;
	}

	@ModelAttribute(ACTION)
	RuleAction action(@PathVariable String rule, @PathVariable String mode) {
		return this.actions.find(rule, mode);
	}

	@GetMapping
	String page(@ModelAttribute(name = ACTION, binding = false) RuleAction action, HttpServletRequest http,
			HttpServletResponse response, Authentication caller, Model model) {
		try {
			RunRequest request = this.forms.preview(action, http.getParameterMap(), caller.getName());
			return show(ActionForm.of(action, request, null), model);
		}
		catch (OptionException ex) {
			return reject(action, http, response, ex, model);
		}
	}

	/** A part of the page for its script, and a whole page without one. */
	@GetMapping("/preview")
	String preview(@ModelAttribute(name = ACTION, binding = false) RuleAction action, HttpServletRequest http,
			Authentication caller, Model model) {
		RunRequest request = this.forms.preview(action, http.getParameterMap(), caller.getName());
		Preview preview = this.previews.of(action.rule(), request);
		model.addAttribute("preview", preview);
		model.addAttribute("findings", this.findings.now(action.rule()));
		model.addAttribute("options", request.options());
		UUID refused = this.approvals.refusedRun(request.task()).orElse(null);
		boolean whole = request.options().isEmpty();
		model.addAttribute("refusedRun", whole ? refused : null);
		model.addAttribute("unapproved", whole ? null : refused);
		model.addAttribute("previewed", this.forms.previewed(request.expecting(preview.due())));
		model.addAttribute("typed", action.removesAll(request));
		ActionForm form = ActionForm.of(action, request, null);
		if (Htmx.asks(http)) {
			model.addAttribute("form", form);
			return "dashboard/preview";
		}
		model.addAttribute("rows", this.dueRows.of(action.rule(), request));
		return show(form, model);
	}

	/** What would go, by rows and reasons: takes longer than to count them. */
	@GetMapping("/preview/rows")
	String rows(@ModelAttribute(name = ACTION, binding = false) RuleAction action, HttpServletRequest http,
			Authentication caller, Model model) {
		RunRequest request = this.forms.preview(action, http.getParameterMap(), caller.getName());
		model.addAttribute("rows", this.dueRows.of(action.rule(), request));
		return "dashboard/preview-rows :: list";
	}

	@GetMapping("/rows.csv")
	void csv(@ModelAttribute(name = ACTION, binding = false) RuleAction action, HttpServletRequest http,
			HttpServletResponse response, Authentication caller) throws IOException {
		RunRequest request = this.forms.preview(action, http.getParameterMap(), caller.getName());
		this.csv.write(request, response);
	}

	@PostMapping
	String run(@ModelAttribute(name = ACTION, binding = false) RuleAction action, HttpServletRequest http,
			HttpServletResponse response, Authentication caller, Model model) {
		try {
			RunRequest request = this.forms.run(action, http.getParameterMap(), caller.getName());
			String objection = request.dryRun() ? null : objection(action, request, http);
			if (objection != null) {
				response.setStatus(HttpStatus.CONFLICT.value());
				return show(ActionForm.of(action, request, objection), model);
			}
			return "redirect:/runs/" + this.engine.start(request).run().id();
		}
		catch (OptionException ex) {
			return reject(action, http, response, ex, model);
		}
	}

	private @Nullable String objection(RuleAction action, RunRequest request, HttpServletRequest http) {
		if (!this.forms.wasPreviewed(request, http.getParameter(ActionForms.PREVIEWED))) {
			return "Nothing was removed: these options have not been previewed. Check the preview below, then confirm.";
		}
		return action.removesAll(request) ? objection(request, this.forms.typed(http.getParameter(ActionForms.TYPED)))
				: null;
	}

	/** Not counted anew: the run itself is held to the number that was previewed. */
	private @Nullable String objection(RunRequest request, @Nullable Long typed) {
		if (typed == null) {
			return "Nothing was removed: type the number of rows to remove, as shown in the preview.";
		}
		Long previewed = request.expectedRows();
		return typed.equals(previewed) ? null : "Nothing was removed: you typed " + this.formatter.count(typed)
				+ ", but the preview shows " + this.formatter.rows(Objects.requireNonNull(previewed)) + ".";
	}

	private String reject(RuleAction action, HttpServletRequest http, HttpServletResponse response, OptionException ex,
			Model model) {
		response.setStatus(HttpStatus.BAD_REQUEST.value());
		return show(ActionForm.rejected(action, http.getParameterMap(), ex), model);
	}

	private String show(ActionForm form, Model model) {
		model.addAttribute("form", form);
		model.addAttribute("choices", this.choices.byOption(form.action().rule()));
		return "dashboard/action";
	}

}
