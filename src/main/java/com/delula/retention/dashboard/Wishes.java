package com.delula.retention.dashboard;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import com.delula.retention.backlog.BacklogCleanup;
import com.delula.retention.backlog.BacklogOptions;
import com.delula.retention.backlog.RecipeIds;
import com.delula.retention.jobs.JobPurge;
import com.delula.retention.jobs.PurgeProperties;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.Trigger;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Turns forms into what the engine is asked for, as strictly as the API does. */
@Component
class Wishes {

	private static final String CSRF = "_csrf";

	private final RecipeIds recipeIds;

	Wishes(RecipeIds recipeIds) {
		this.recipeIds = recipeIds;
	}

	/** A look at what would go; its form has the options only. */
	RunRequest look(Action action, Map<String, String[]> parameters, String actor) {
		return request(action, new Fields(parameters, action.options(), action.options()), actor, true);
	}

	/** A run. */
	RunRequest run(Action action, Map<String, String[]> parameters, String actor) {
		Fields fields = new Fields(parameters, all(action), Set.of(Action.TYPED));
		return request(action, fields, actor, fields.flag(Action.DRY_RUN));
	}

	/**
	 * The number that was typed; null if it is none. Commas may stand where the page has
	 * them.
	 */
	@Nullable Long typed(Action action, Map<String, String[]> parameters) {
		String text = String.valueOf(new Fields(parameters, all(action), Set.of(Action.TYPED)).text(Action.TYPED))
			.strip();
		return text.matches("[0-9]{1,18}|[0-9]{1,3}(,[0-9]{3}){1,5}") ? Long.valueOf(text.replace(",", "")) : null;
	}

	private static Set<String> all(Action action) {
		Set<String> names = new HashSet<>(action.options());
		names.add(CSRF);
		names.add(Action.DRY_RUN);
		if (action.typed()) {
			names.add(Action.TYPED);
		}
		return names;
	}

	private RunRequest request(Action action, Fields fields, String actor, boolean dryRun) {
		if (action == Action.PURGE) {
			return JobPurge.request(Trigger.API, actor, dryRun, fields.number(Action.HOURS, PurgeProperties.MAX_HOURS));
		}
		Mode mode = (action == Action.EMERGENCY) ? Mode.EMERGENCY : Mode.REGULAR;
		return BacklogCleanup.request(mode, Trigger.API, actor, dryRun,
				new BacklogOptions(recipe(fields), fields.text(Action.FAILURE_REASON)));
	}

	private @Nullable String recipe(Fields fields) {
		String text = fields.text(Action.RECIPE_ID);
		if (text == null) {
			return null;
		}
		return this.recipeIds.parse(text)
			.orElseThrow(() -> InvalidFieldException.invalid(Action.RECIPE_ID, "the id of a recipe"));
	}

}
