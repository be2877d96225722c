package com.delula.retention.backlog;

import java.util.HashMap;
import java.util.Map;

import com.delula.retention.run.RunRequest;
import org.jspecify.annotations.Nullable;

/**
 * What narrows a backlog cleanup. Neither option narrows what is kept.
 *
 * @param recipeId only rows of this recipe
 * @param failureReason only rows that failed for exactly this reason
 */
public record BacklogOptions(@Nullable String recipeId, @Nullable String failureReason) {

	private static final String RECIPE_ID = "recipeId";

	private static final String FAILURE_REASON = "failureReason";

	/** Narrows nothing. */
	public static final BacklogOptions NONE = new BacklogOptions(null, null);

	static BacklogOptions of(RunRequest request) {
		return new BacklogOptions(request.options().get(RECIPE_ID), request.options().get(FAILURE_REASON));
	}

	Map<String, String> asMap() {
		Map<String, String> map = new HashMap<>();
		if (this.recipeId != null) {
			map.put(RECIPE_ID, this.recipeId);
		}
		if (this.failureReason != null) {
			map.put(FAILURE_REASON, this.failureReason);
		}
		return map;
	}

}
