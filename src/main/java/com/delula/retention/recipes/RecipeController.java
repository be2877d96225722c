package com.delula.retention.recipes;

import com.delula.retention.backlog.BacklogProperties;
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

	private final BacklogProperties properties;

	RecipeController(BacklogReader backlog, BacklogProperties properties) {
		this.backlog = backlog;
		this.properties = properties;
	}

	@GetMapping("/recipes")
	String list(@RequestParam(required = false) @Nullable String q,
			@RequestParam(required = false) @Nullable String sort,
			@RequestParam(required = false) @Nullable String page, Model model) {
		RecipeQuery query = RecipeQuery.of(q, sort, page);
		RecipeFailures failures = this.backlog.failures();
		model.addAttribute("query", query);
		model.addAttribute("failures", failures);
		// Of a recipe without more failures than stay anyway, a cleanup removes none.
		model.addAttribute("keeps", this.properties.keepPerRecipe());
		model.addAttribute("recipes", query.in(failures.recipes()));
		return "recipes/list";
	}

}
