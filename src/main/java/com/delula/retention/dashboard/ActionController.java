package com.delula.retention.dashboard;

import java.util.HashMap;
import java.util.Map;

import com.delula.retention.jobs.PurgeProperties;
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
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The buttons: first a look at what would go, then a dry run or the run itself, which is
 * followed on its own page.
 */
@Controller
class ActionController {

	private final Wishes wishes;

	private final Previews previews;

	private final RunEngine engine;

	private final PurgeProperties purge;

	ActionController(Wishes wishes, Previews previews, RunEngine engine, PurgeProperties purge) {
		this.wishes = wishes;
		this.previews = previews;
		this.engine = engine;
		this.purge = purge;
	}

	@GetMapping("/actions/{label}")
	String page(@PathVariable String label, HttpServletRequest http, HttpServletResponse response,
			Authentication caller, Model model) {
		Action action = Action.of(label);
		try {
			return page(action, this.wishes.look(action, http.getParameterMap(), caller.getName()), null, model);
		}
		catch (InvalidFieldException ex) {
			response.setStatus(HttpStatus.BAD_REQUEST.value());
			return page(action, this.wishes.look(action, Map.of(), caller.getName()), ex.getMessage() + ".", model);
		}
	}

	@GetMapping("/actions/{label}/preview")
	String preview(@PathVariable String label, HttpServletRequest http, Authentication caller, Model model) {
		Action action = Action.of(label);
		RunRequest request = this.wishes.look(action, http.getParameterMap(), caller.getName());
		show(action, request, model);
		model.addAttribute("preview", this.previews.of(request));
		return "dashboard/preview";
	}

	@PostMapping("/actions/{label}")
	String run(@PathVariable String label, HttpServletRequest http, HttpServletResponse response, Authentication caller,
			Model model) {
		Action action = Action.of(label);
		RunRequest request = this.wishes.run(action, http.getParameterMap(), caller.getName());
		if (action.typed() && !request.dryRun()) {
			String objection = objection(action, request, http);
			if (objection != null) {
				response.setStatus(HttpStatus.CONFLICT.value());
				return page(action, request, objection, model);
			}
		}
		return "redirect:/runs/" + this.engine.start(request).run().id();
	}

	/** Counts anew, because the number on the page is as old as the page. */
	private @Nullable String objection(Action action, RunRequest request, HttpServletRequest http) {
		long now = this.previews.count(request);
		Long typed = this.wishes.typed(action, http.getParameterMap());
		if (typed == null) {
			return "Nothing was removed: type the number of rows that would go, as the preview says it.";
		}
		if (typed != now) {
			return "Nothing was removed: you typed %,d, but %,d would go now.".formatted(typed, now);
		}
		return null;
	}

	private String page(Action action, RunRequest request, @Nullable String objection, Model model) {
		show(action, request, model);
		model.addAttribute("objection", objection);
		return "dashboard/action";
	}

	private static String previewAddress(Action action, RunRequest request) {
		UriComponentsBuilder address = UriComponentsBuilder.fromPath("/actions/{label}/preview");
		request.options().keySet().forEach((name) -> address.queryParam(name, "{" + name + "}"));
		Map<String, String> values = new HashMap<>(request.options());
		values.put("label", action.label());
		return address.encode().buildAndExpand(values).toUriString();
	}

	private void show(Action action, RunRequest request, Model model) {
		model.addAttribute("action", action);
		model.addAttribute("options", request.options());
		model.addAttribute("previewAddress", previewAddress(action, request));
		model.addAttribute("maxAgeHours", this.purge.maxAge().toHours());
		model.addAttribute("maxHours", PurgeProperties.MAX_HOURS);
	}

}
