package com.delula.retention.backlog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

import com.delula.retention.backlog.BacklogStatus.FailedRecipe;
import com.delula.retention.database.Instants;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunObserver;
import com.delula.retention.status.Counts;
import com.delula.retention.status.FreshCount;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells how the backlog stands, and what recipes are called. */
public class BacklogReader implements RunObserver {

	/** The contract lists at most this many recipes. */
	public static final int MAX_RECIPES = 1_000;

	/**
	 * Recipes that {@link #failures()} lists: some 10 MB of memory, and more than anybody
	 * would turn pages for.
	 */
	private static final int ALL_RECIPES = 50_000;

	private static final String NOW = "SELECT extract(epoch FROM now())";

	/** All but the failures, which are counted by recipe anyway. */
	private static final String OTHERS_BY_STATUS = """
			SELECT g.status, count(*) AS rows
			FROM generations g
			WHERE g.user_id = :user AND g.status < 'failed'
			GROUP BY g.status
			UNION ALL
			SELECT g.status, count(*)
			FROM generations g
			WHERE g.user_id = :user AND g.status > 'failed'
			GROUP BY g.status
			UNION ALL
			SELECT NULL, count(*)
			FROM generations g
			WHERE g.user_id = :user AND g.status IS NULL
			HAVING count(*) > 0
			""";

	private static final String FAILED_BY_RECIPE = """
			SELECT f.recipe_id::text AS recipe_id, r.name, f.failed, extract(epoch FROM f.oldest) AS oldest, f.of_all
			FROM (SELECT g.recipe_id, count(*) AS failed, min(coalesce(g.updated_at, g.created_at)) AS oldest,
					sum(count(*)) OVER () AS of_all
				FROM generations g
				WHERE g.user_id = :user AND g.status = 'failed'
				GROUP BY g.recipe_id
				ORDER BY count(*) DESC, g.recipe_id
				LIMIT :limit) f
			LEFT JOIN recipes r ON r.id::text = f.recipe_id::text
			ORDER BY f.failed DESC, f.recipe_id
			""";

	private static final String NAMES = """
			SELECT r.id::text AS id, r.name
			FROM recipes r
			WHERE r.id::text = ANY (CAST(:ids AS text[]))
			""";

	private final JdbcClient jdbc;

	private final BacklogProperties properties;

	private final FreshCount<BacklogStatus> status;

	private final FreshCount<RecipeFailures> failures;

	BacklogReader(JdbcClient jdbc, Counts counts, BacklogProperties properties) {
		this.jdbc = jdbc;
		this.properties = properties;
		this.status = counts.shared("backlog-status", BacklogCleanup.NAME, this::count);
		this.failures = counts.shared("backlog-failures", BacklogCleanup.NAME, this::countFailures);
	}

	/** How the backlog stands, at most five seconds ago and after the last run. */
	public BacklogStatus status() {
		return this.status.get();
	}

	/** The failures of all recipes, as fresh as {@link #status()}. */
	public RecipeFailures failures() {
		return this.failures.get();
	}

	/** The names of recipes by their ids as text; null stands for no recipe. */
	public Map<@Nullable String, String> names(Collection<@Nullable String> ids) {
		Map<@Nullable String, String> names = new HashMap<>();
		ids.forEach((id) -> names.put(id, name(id, null)));
		String[] wanted = ids.stream().filter(Objects::nonNull).toArray(String[]::new);
		this.jdbc.sql(NAMES).param("ids", wanted).query((row) -> {
			names.put(row.getString("id"), name(row.getString("id"), row.getString("name")));
		});
		return names;
	}

	@Override
	public void closed(Run run) {
		if (run.task().equals(BacklogCleanup.NAME)) {
			this.status.invalidate();
			this.failures.invalidate();
		}
	}

	private BacklogStatus count() {
		Instant asOf = now();
		Map<String, Long> byStatus = new HashMap<>();
		this.jdbc.sql(OTHERS_BY_STATUS).param("user", this.properties.userId()).query((row) -> {
			byStatus.put(String.valueOf(row.getString("status")), row.getLong("rows"));
		});
		Failures failed = failures(MAX_RECIPES + 1);
		if (failed.ofAll() > 0) {
			byStatus.put("failed", failed.ofAll());
		}
		List<FailedRecipe> recipes = failed.recipes();
		boolean truncated = recipes.size() > MAX_RECIPES;
		return new BacklogStatus(asOf, byStatus, truncated ? recipes.subList(0, MAX_RECIPES) : recipes, truncated);
	}

	private RecipeFailures countFailures() {
		Instant asOf = now();
		List<FailedRecipe> recipes = failures(ALL_RECIPES).recipes();
		return new RecipeFailures(asOf, recipes, recipes.size() == ALL_RECIPES);
	}

	private Instant now() {
		return Objects
			.requireNonNull(Instants.ofEpoch(this.jdbc.sql(NOW).query((row, index) -> row.getBigDecimal(1)).single()));
	}

	private Failures failures(int limit) {
		AtomicLong ofAll = new AtomicLong();
		List<FailedRecipe> recipes = this.jdbc.sql(FAILED_BY_RECIPE)
			.param("user", this.properties.userId())
			.param("limit", limit)
			.query((row, index) -> {
				ofAll.set(row.getLong("of_all"));
				return recipe(row);
			})
			.list();
		return new Failures(ofAll.get(), recipes);
	}

	private static FailedRecipe recipe(ResultSet row) throws SQLException {
		String id = row.getString("recipe_id");
		return new FailedRecipe(id, name(id, row.getString("name")), row.getLong("failed"),
				Instants.ofEpoch(row, "oldest"));
	}

	/**
	 * What a recipe is called.
	 * @param id null for the failures without a recipe
	 * @param name what the platform calls it; null if there is no such recipe
	 */
	public static String name(@Nullable String id, @Nullable String name) {
		if (id == null) {
			return "No Recipe";
		}
		return (name != null) ? name : "Unknown Recipe";
	}

	/**
	 * The failures of the account.
	 *
	 * @param ofAll how many, of whatever recipe
	 * @param recipes recipes with failures, most first
	 */
	private record Failures(long ofAll, List<FailedRecipe> recipes) {

	}

}
