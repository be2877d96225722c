package com.delula.retention.backlog;

import com.delula.retention.installation.Catalog;
import com.delula.retention.option.OptionType;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Knows whether there is a recipe, or a failure of the account that names it. Each look
 * is one row of an index: ids are compared in their column's own type, whatever that is.
 */
final class RecipeLookup {

	private static final String IN_RECIPES = """
			SELECT EXISTS (SELECT FROM recipes r WHERE r.id = CAST(:id AS %s))
			""";

	/** By the index of each recipe's newest failures. */
	private static final String IN_FAILURES = """
			SELECT EXISTS (SELECT FROM generations g
				WHERE g.user_id = :user AND g.status = 'failed' AND g.recipe_id = CAST(:id AS %s))
			""";

	private final JdbcClient jdbc;

	private final Catalog catalog;

	private final BacklogProperties properties;

	RecipeLookup(JdbcClient jdbc, Catalog catalog, BacklogProperties properties) {
		this.jdbc = jdbc;
		this.catalog = catalog;
		this.properties = properties;
	}

	/** Whether anything is known of the recipe. */
	boolean knows(String id) {
		return isRecipe(id) || hasFailures(id);
	}

	private boolean isRecipe(String id) {
		String type = this.catalog.columnType("recipes", "id");
		return OptionType.id(type, "").parse(id).isPresent()
				&& this.jdbc.sql(IN_RECIPES.formatted(cast(type))).param("id", id).query(Boolean.class).single();
	}

	private boolean hasFailures(String id) {
		return this.jdbc.sql(IN_FAILURES.formatted(cast(this.catalog.columnType("generations", "recipe_id"))))
			.param("user", this.properties.userId())
			.param("id", id)
			.query(Boolean.class)
			.single();
	}

	/** The bare name of {@code character} means one character; this one means any. */
	private static String cast(String type) {
		return type.equals("character") ? "bpchar" : type;
	}

}
