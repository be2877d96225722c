package com.delula.retention.backlog;

import java.util.List;

import com.delula.retention.option.Option;
import com.delula.retention.option.OptionException;
import com.delula.retention.option.OptionSet;
import com.delula.retention.option.OptionType;
import com.delula.retention.option.OptionValues;

/** The options of a backlog cleanup, and what they mean. */
public final class NarrowingOptions {

	/** Only failures for exactly this reason. */
	public static final Option<String> FAILURE_REASON = new Option<>("failureReason", OptionType.text());

	private final Option<String> recipeId;

	private final RecipeLookup recipes;

	NarrowingOptions(RecipeIds ids, RecipeLookup recipes) {
		this.recipeId = new Option<>("recipeId", ids.type());
		this.recipes = recipes;
	}

	/** The options of a call. */
	public OptionSet set() {
		return new OptionSet(List.of(Option.DRY_RUN, this.recipeId, FAILURE_REASON));
	}

	/**
	 * What they narrow the cleanup to.
	 * @throws OptionException if nothing is known of the recipe; zero rows would look as
	 * if all were well
	 */
	public BacklogOptions read(OptionValues values) {
		String recipe = values.get(this.recipeId);
		if (recipe != null && !this.recipes.knows(recipe)) {
			throw OptionException.unknownValue(this.recipeId.name(), recipe,
					"no such recipe, and no failed generation has it");
		}
		String reason = values.get(FAILURE_REASON);
		return new BacklogOptions(recipe, reason);
	}

}
