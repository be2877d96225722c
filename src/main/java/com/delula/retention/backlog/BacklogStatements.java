package com.delula.retention.backlog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.delula.retention.installation.Catalog;
import com.delula.retention.installation.RuleStatement;
import com.delula.retention.installation.RuleStatements;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements of a cleanup of now, whose slice is an hour long. */
final class BacklogStatements implements RuleStatements {

	private static final String TABLE = "generations";

	private static final String RANK = "retention_generations_rank_idx";

	private static final String TIME = "retention_generations_time_idx";

	private static final String SLICE = """
			SELECT CAST((now() - make_interval(secs => :age) - interval '1 hour') AT TIME ZONE 'UTC' AS text) AS first_time,
				CAST((now() - make_interval(secs => :age)) AT TIME ZONE 'UTC' AS text) AS last_time, CAST(g.id AS text) AS id
			FROM generations g
			LIMIT 1
			""";

	private final JdbcClient jdbc;

	private final Catalog catalog;

	private final BacklogProperties properties;

	BacklogStatements(JdbcClient jdbc, Catalog catalog, BacklogProperties properties) {
		this.jdbc = jdbc;
		this.catalog = catalog;
		this.properties = properties;
	}

	@Override
	public List<RuleStatement> statements() {
		Optional<Slice> slice = this.jdbc.sql(SLICE)
			.param("age", this.properties.maxAge().toSeconds())
			.query(Slice.class)
			.optional();
		return slice.map(this::values).map(this::statements).orElse(List.of());
	}

	private List<RuleStatement> statements(Map<String, @Nullable Object> values) {
		boolean distributed = this.catalog.isDistributed(TABLE);
		String referenced = this.catalog.isReferenced(TABLE, "g", "");
		return List
			.of(new RuleStatement("the count of what is due", TABLE, RANK, false, BacklogSql.REGULAR_STOCK, values),
					new RuleStatement("the first place of a run", TABLE, TIME, false, BacklogSql.FIRST, values),
					new RuleStatement("the last place of a run", TABLE, TIME, false, BacklogSql.LAST, values),
					new RuleStatement("the ends of batches", TABLE, TIME, true, BacklogSql.CUT, values),
					new RuleStatement("the removal of a batch", TABLE, TIME, true, BacklogSql.REMOVE_REGULAR, values),
					new RuleStatement("the removal of an emergency's batch", TABLE, TIME, true,
							BacklogSql.REMOVE_EMERGENCY, values))
			.stream()
			.map((statement) -> statement.withSql(BacklogSql.complete(statement.sql(), distributed, referenced)))
			.toList();
	}

	private Map<String, @Nullable Object> values(Slice slice) {
		Map<String, @Nullable Object> values = new HashMap<>();
		values.put("user", this.properties.userId());
		values.put("keep", this.properties.keepPerRecipe());
		values.put("recipeId", null);
		values.put("failureReason", null);
		values.put("before", slice.lastTime());
		values.put("firstTime", slice.firstTime());
		values.put("firstId", slice.id());
		values.put("lastTime", slice.lastTime());
		values.put("lastId", slice.id());
		values.put("rows", 1000);
		values.put("ahead", 10001);
		values.put("run", "00000000-0000-0000-0000-000000000000");
		values.put("startedAt", slice.lastTime());
		values.put("snapshotEnd", "3");
		values.put("inProgress", "{}");
		return values;
	}

	private record Slice(String firstTime, String lastTime, String id) {

	}

}
