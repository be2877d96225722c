package com.delula.retention.recipes;

import com.delula.retention.backlog.BacklogReader;
import com.delula.retention.dashboard.FeaturePage;
import com.delula.retention.dashboard.RulePanel;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the pages of recipes into the dashboard. */
@Configuration(proxyBeanMethods = false)
class RecipeConfiguration {

	@Bean
	FeaturePage recipePage() {
		return new FeaturePage("/recipes", "Recipes");
	}

	@Bean
	RulePanel recipePanel(BacklogReader backlog) {
		return new RecipePanel(backlog);
	}

}
