package com.delula.retention.backlog;

import java.util.List;

import com.delula.retention.admin.ApiPart;
import com.delula.retention.answer.OwnAnswers;
import com.delula.retention.installation.Catalog;
import com.delula.retention.installation.Requirements;
import com.delula.retention.request.RuleCommand;
import com.delula.retention.request.ValueCheck;
import com.delula.retention.rule.GroupNames;
import com.delula.retention.rule.RuleFeature;
import com.delula.retention.rule.RuleSource;
import com.delula.retention.run.Mode;
import com.delula.retention.status.Counts;

import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the backlog cleanup. */
@RuleFeature
@EnableConfigurationProperties(BacklogProperties.class)
class BacklogConfiguration {

	@Bean
	Requirements backlogRequirements() {
		return new BacklogRequirements();
	}

	@Bean
	@Order(1)
	RuleSource backlogRule(BacklogProperties properties) {
		return () -> List.of(BacklogCleanup.rule(properties));
	}

	@Bean
	RuleCommand cleanupCommand() {
		return new RuleCommand("cleanup", BacklogCleanup.NAME, Mode.REGULAR,
				"Remove old failed generations of the backlog user; the newest of each recipe stay.");
	}

	@Bean
	RuleCommand emergencyCommand() {
		return new RuleCommand("emergency", BacklogCleanup.NAME, Mode.EMERGENCY,
				"Remove ALL failed generations of the backlog user, whatever their age.");
	}

	@Bean
	OwnAnswers backlogOwnAnswers(BacklogReader backlog, BacklogAnswers answers) {
		return new BacklogOwnAnswers(backlog, answers);
	}

	@Bean
	BacklogReader backlogReader(JdbcClient jdbc, Counts counts, BacklogProperties properties) {
		return new BacklogReader(jdbc, counts, properties);
	}

	@Bean
	GroupNames recipeNames(BacklogReader backlog) {
		return new RecipeNames(backlog);
	}

	@Bean
	@DependsOnDatabaseInitialization
	RecipeIds recipeIds(Catalog catalog) {
		return new RecipeIds(() -> catalog.columnType("generations", "recipe_id"), System::nanoTime);
	}

	@Bean
	ValueCheck recipeCheck(JdbcClient jdbc, Catalog catalog, BacklogProperties properties) {
		return new RecipeCheck(new RecipeLookup(jdbc, catalog, properties));
	}

	@Bean
	BacklogAnswers backlogAnswers(BacklogReader backlog, RecipeIds recipeIds) {
		return new BacklogAnswers(backlog, recipeIds);
	}

	@Bean
	ApiPart backlogApi() {
		return new ApiPart("openapi-backlog.yaml");
	}

}
