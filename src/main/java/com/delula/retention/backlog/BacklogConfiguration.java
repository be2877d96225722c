package com.delula.retention.backlog;

import com.delula.retention.installation.Catalog;
import com.delula.retention.installation.Requirements;
import com.delula.retention.installation.RuleStatements;
import com.delula.retention.run.ReadOnlySnapshot;

import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the backlog cleanup. */
@Configuration(proxyBeanMethods = false)
class BacklogConfiguration {

	@Bean
	Requirements backlogRequirements() {
		return new BacklogRequirements();
	}

	@Bean
	BacklogCleanup backlogCleanup(JdbcClient jdbc, Catalog catalog, BacklogProperties properties) {
		return new BacklogCleanup(jdbc, catalog, properties);
	}

	@Bean
	RuleStatements backlogStatements(JdbcClient jdbc, Catalog catalog, BacklogProperties properties) {
		return new BacklogStatements(jdbc, catalog, properties);
	}

	@Bean
	BacklogReader backlogReader(JdbcClient jdbc, ReadOnlySnapshot snapshot, BacklogProperties properties) {
		return new BacklogReader(jdbc, snapshot, properties);
	}

	@Bean
	@DependsOnDatabaseInitialization
	RecipeIds recipeIds(Catalog catalog) {
		return new RecipeIds(catalog.columnType("generations", "recipe_id"));
	}

}
