package com.delula.retention.backlog;

import java.time.Instant;
import java.util.List;

import com.delula.retention.backlog.BacklogStatus.FailedRecipe;

/**
 * The failures of all recipes at one moment.
 *
 * @param asOf when they were counted, by the database's clock
 * @param recipes recipes with failures, most first
 * @param truncated whether there are more recipes than listed
 */
public record RecipeFailures(Instant asOf, List<FailedRecipe> recipes, boolean truncated) {

}
