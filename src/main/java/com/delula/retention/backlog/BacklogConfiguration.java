package com.delula.retention.backlog;

import com.delula.retention.installation.Catalog;
import com.delula.retention.installation.Requirements;
import com.delula.retention.installation.RuleStatements;

import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

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
	BacklogReader backlogReader(JdbcClient jdbc, PlatformTransactionManager transactionManager,
			BacklogProperties properties) {
		TransactionTemplate snapshot = new TransactionTemplate(transactionManager);
		snapshot.setReadOnly(true);
		snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
		return new BacklogReader(jdbc, snapshot, properties);
	}

	@Bean
	@DependsOnDatabaseInitialization
	RecipeIds recipeIds(Catalog catalog) {
		return new RecipeIds(catalog.columnType("generations", "recipe_id"));
	}

	@Bean
	NarrowingOptions narrowingOptions(RecipeIds ids, JdbcClient jdbc, Catalog catalog, BacklogProperties properties) {
		return new NarrowingOptions(ids, new RecipeLookup(jdbc, catalog, properties));
	}

}
