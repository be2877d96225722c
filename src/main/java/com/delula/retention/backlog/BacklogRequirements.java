package com.delula.retention.backlog;

import java.util.List;

import com.delula.retention.installation.Catalog;
import com.delula.retention.installation.RequiredIndex;
import com.delula.retention.installation.RequiredTable;
import com.delula.retention.installation.Requirements;

/** What the status of the backlog needs of the database, beyond its rule. */
final class BacklogRequirements implements Requirements {

	private static final List<String> READ = List.of("SELECT");

	@Override
	public List<RequiredTable> tables() {
		return List.of(new RequiredTable("users", List.of("id"), READ),
				new RequiredTable("recipes", List.of("id", "name"), READ));
	}

	/** For the counts by state, which no rule asks for. */
	@Override
	public List<RequiredIndex> indexes(Catalog catalog) {
		return List.of(new RequiredIndex("retention_generations_status_idx", "generations", "generations",
				"(user_id, status)", List.of("user_id", "status")));
	}

}
