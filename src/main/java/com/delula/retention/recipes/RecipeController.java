package com.delula.retention.recipes;

import com.delula.retention.backlog.BacklogReader;
import com.delula.retention.backlog.RecipeFailures;
import com.delula.retention.dashboard.PageController;
import org.jspecify.annotations.Nullable;

import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The failures of each recipe. */
@PageController
class RecipeController {

	private final BacklogReader backlog;

	RecipeController(BacklogReader backlog) {
		this.backlog = backlog;
	}

	@GetMapping("/recipes")
	String list(@RequestParam(required = false) @Nullable String q,
			@RequestParam(required = false) @Nullable String sort,
			@RequestParam(required = false) @Nullable String page, Model model) {
		RecipeQuery query = RecipeQuery.of(q, sort, page);
		RecipeFailures failures = this.backlog.failures();
		model.addAttribute("query", query);
		model.addAttribute("failures", failures);
		model.addAttribute("recipes", query.in(failures.recipes()));
		return "recipes/list";
	}

}
