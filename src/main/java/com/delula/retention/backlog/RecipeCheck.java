package com.delula.retention.backlog;

import com.delula.retention.option.OptionException;
import com.delula.retention.option.OptionType;
import com.delula.retention.request.ValueCheck;

/** Refuses a recipe of which nothing is known. */
final class RecipeCheck implements ValueCheck {

	private static final String COLUMN = "recipe_id";

	private final RecipeLookup recipes;

	RecipeCheck(RecipeLookup recipes) {
		this.recipes = recipes;
	}

	@Override
	public String rule() {
		return BacklogCleanup.NAME;
	}

	@Override
	public OptionType<String> type(String column, String columnType) {
		return column.equals(COLUMN) ? OptionType.id(columnType, "the id of a recipe")
				: ValueCheck.super.type(column, columnType);
	}

	@Override
	public void check(String column, String value) {
		if (column.equals(COLUMN) && !this.recipes.knows(value)) {
			throw OptionException.unknownValue("recipeId", value, "no such recipe, and no failed generation has it");
		}
	}

}
