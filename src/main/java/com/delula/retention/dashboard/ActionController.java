package com.delula.retention.dashboard;

import java.util.Locale;

import com.delula.retention.jobs.JobPurge;
import com.delula.retention.jobs.PurgeProperties;
import com.delula.retention.option.OptionException;
import com.delula.retention.rule.Rule;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RunEngine;
import com.delula.retention.run.RunRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * The buttons: first a look at what would go, then a dry run or the run itself, which is
 * followed on its own page.
 */
@Controller
class ActionController {

	private final ActionForms forms;

	private final Previews previews;

	private final RunEngine engine;

	private final PurgeProperties purge;

	ActionController(ActionForms forms, Previews previews, RunEngine engine, PurgeProperties purge) {
		this.forms = forms;
		this.previews = previews;
		this.engine = engine;
		this.purge = purge;
	}

	@GetMapping("/actions/{label}")
	String page(@PathVariable String label, HttpServletRequest http, HttpServletResponse response,
			Authentication caller, Model model) {
		Action action = Action.of(label);
		try {
			RunRequest request = this.forms.look(action, http.getParameterMap(), caller.getName());
			return show(ActionPage.of(action, request, null), model);
		}
		catch (OptionException ex) {
			return reject(action, http, response, ex, model);
		}
	}

	@GetMapping("/actions/{label}/preview")
	String preview(@PathVariable String label, HttpServletRequest http, Authentication caller, Model model) {
		Action action = Action.of(label);
		RunRequest request = this.forms.look(action, http.getParameterMap(), caller.getName());
		model.addAttribute("preview", this.previews.of(request));
		model.addAttribute("options", request.options());
		model.addAttribute("previewed", this.forms.previewed(request));
		model.addAttribute("typed", isTyped(request));
		model.addAttribute("action", action);
		return "dashboard/preview";
	}

	@PostMapping("/actions/{label}")
	String run(@PathVariable String label, HttpServletRequest http, HttpServletResponse response, Authentication caller,
			Model model) {
		Action action = Action.of(label);
		try {
			RunRequest request = this.forms.run(action, http.getParameterMap(), caller.getName());
			String objection = request.dryRun() ? null : objection(request, http);
			if (objection != null) {
				response.setStatus(HttpStatus.CONFLICT.value());
				return show(ActionPage.of(action, request, objection), model);
			}
			return "redirect:/runs/" + this.engine.start(request).run().id();
		}
		catch (OptionException ex) {
			return reject(action, http, response, ex, model);
		}
	}

	private @Nullable String objection(RunRequest request, HttpServletRequest http) {
		if (!this.forms.wasPreviewed(request, http.getParameter(ActionForms.PREVIEWED))) {
			return "Nothing was removed: there was no preview of these options. Check the one below, then confirm.";
		}
		return isTyped(request) ? objection(request, this.forms.typed(http.getParameter(ActionForms.TYPED))) : null;
	}

	/** Counts anew, because the number on the page is as old as the page. */
	private @Nullable String objection(RunRequest request, @Nullable Long typed) {
		if (typed == null) {
			return "Nothing was removed: type the number of rows that would go, as the preview says it.";
		}
		long now = this.previews.count(request);
		return (typed == now) ? null
				: String.format(Locale.ROOT, "Nothing was removed: you typed %,d, but %,d would go now.", typed, now);
	}

	/** Whether the number of rows has to be typed: where no age keeps anything. */
	private boolean isTyped(RunRequest request) {
		if (request.task().equals(JobPurge.NAME)) {
			String hours = request.options().get(Rule.HOURS);
			return (hours != null) ? hours.equals("0") : this.purge.maxAge().isZero();
		}
		return request.mode() == Mode.EMERGENCY;
	}

	private String reject(Action action, HttpServletRequest http, HttpServletResponse response, OptionException ex,
			Model model) {
		response.setStatus(HttpStatus.BAD_REQUEST.value());
		return show(ActionPage.rejected(action, http.getParameterMap(), ex), model);
	}

	private String show(ActionPage page, Model model) {
		model.addAttribute("form", page);
		model.addAttribute("action", page.action());
		model.addAttribute("maxAgeHours", this.purge.maxAge().toHours());
		return "dashboard/action";
	}

}
