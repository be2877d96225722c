package com.delula.retention.backlog;

import java.util.List;

import com.delula.retention.installation.RequiredIndex;
import com.delula.retention.installation.RequiredTable;
import com.delula.retention.installation.Requirements;

/** What the backlog cleanup needs of the database. */
final class BacklogRequirements implements Requirements {

	private static final List<String> READ = List.of("SELECT");

	@Override
	public List<RequiredTable> tables() {
		return List.of(new RequiredTable("users", List.of("id"), READ),
				new RequiredTable("recipes", List.of("id", "name"), READ),
				new RequiredTable("generations",
						List.of("id", "user_id", "recipe_id", "status", "failure_reason", "created_at", "updated_at"),
						List.of("SELECT", "DELETE")));
	}

	/**
	 * The first two cover failures only: one in the order in which a recipe's newest are
	 * found, one in the order of removal. The times are included because PostgreSQL
	 * answers from an index on an expression alone only if the columns behind it are
	 * there too.
	 */
	@Override
	public List<RequiredIndex> indexes() {
		return List.of(
				new RequiredIndex("retention_generations_rank_idx", "generations",
						"(user_id, recipe_id, coalesce(updated_at, created_at, 'infinity') DESC, id DESC)"
								+ " INCLUDE (updated_at, created_at) WHERE status = 'failed'",
						List.of()),
				new RequiredIndex("retention_generations_time_idx", "generations",
						"(user_id, coalesce(updated_at, created_at, 'infinity'), id)"
								+ " INCLUDE (updated_at, created_at) WHERE status = 'failed'",
						List.of()),
				new RequiredIndex("retention_generations_status_idx", "generations", "(user_id, status)",
						List.of("user_id", "status")));
	}

}
