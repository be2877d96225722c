package com.delula.retention.backlog;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;

import com.delula.retention.answer.Age;
import com.delula.retention.backlog.BacklogStatus.FailedRecipe;
import com.delula.retention.backlog.BacklogStatusJson.FailedRecipeJson;
import com.delula.retention.run.GroupCount;
import com.delula.retention.run.RunOutcome;
import com.delula.retention.run.RunOutcome.StepOutcome;
import com.delula.retention.run.Stock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.dao.DataAccessException;

/** Answers about the backlog and its cleanups. */
public class BacklogAnswers {

	private static final JsonMapper JSON = new JsonMapper();

	private final BacklogReader backlog;

	private final RecipeIds recipeIds;

	private volatile @Nullable Written written;

	BacklogAnswers(BacklogReader backlog, RecipeIds recipeIds) {
		this.backlog = backlog;
		this.recipeIds = recipeIds;
	}

	/**
	 * How the backlog stands, in JSON, written once for each count and not for each of
	 * its many readers: with a thousand recipes that took longer than all else of the
	 * answer.
	 */
	public byte[] statusJson() {
		BacklogStatus status = this.backlog.status();
		Written known = this.written;
		if (known == null || known.status() != status) {
			known = new Written(status, JSON.writeValueAsBytes(status(status)));
			this.written = known;
		}
		return known.json();
	}

	/** A count in the contract's words. */
	public BacklogStatusJson status(BacklogStatus status) {
		return new BacklogStatusJson(true, status.total(), status.count("completed"), status.count("failed"),
				status.count("pending"), status.count("processing"), status.asOf(),
				status.recipes().stream().map((recipe) -> recipe(recipe, status.asOf())).toList(),
				status.recipesTruncated());
	}

	private FailedRecipeJson recipe(FailedRecipe recipe, Instant asOf) {
		Instant oldest = recipe.oldestFailedAt();
		return new FailedRecipeJson(this.recipeIds.json(recipe.recipeId()), recipe.recipeName(), recipe.failedCount(),
				(oldest != null) ? Age.text(Duration.between(oldest, asOf)) : null, oldest);
	}

	/** The counts of a regular cleanup; what the run has not counted is null. */
	public CleanupCounts regular(RunOutcome outcome) {
		return CleanupCounts.of(outcome.run().cutoff(), considered(outcome), removed(outcome), affected(outcome),
				outcome.run().rowsKeptReferenced(), details(outcome));
	}

	/** What a run removed, or would, by recipe; empty where that is not known. */
	public List<CleanupCounts.Detail> details(RunOutcome outcome) {
		boolean unknown = outcome.steps().isEmpty() || outcome.overcounts();
		return unknown ? List.of() : details(outcome.steps().get(0));
	}

	/** The counts of an emergency cleanup. */
	public EmergencyCounts emergency(RunOutcome outcome) {
		return new EmergencyCounts(outcome.run().cutoff(), removed(outcome), affected(outcome),
				outcome.run().rowsKeptReferenced());
	}

	/**
	 * The history's count, which is exact whatever happened; a dry run's is its stock.
	 */
	private static @Nullable Long removed(RunOutcome outcome) {
		if (!outcome.run().dryRun()) {
			return outcome.run().rowsRemoved();
		}
		return isUncounted(outcome) ? null : outcome.steps().stream().mapToLong(StepOutcome::removed).sum();
	}

	/** Whether it is a dry run that ended before it could tell anything. */
	private static boolean isUncounted(RunOutcome outcome) {
		return outcome.run().dryRun() && outcome.steps().isEmpty();
	}

	/** Null where the run ended before it counted, or went on without a count. */
	private static @Nullable Long considered(RunOutcome outcome) {
		List<@Nullable Stock> stocks = new ArrayList<>();
		outcome.steps().forEach((step) -> stocks.add(step.stock()));
		if (stocks.isEmpty() || stocks.stream().anyMatch(Objects::isNull)) {
			return null;
		}
		return stocks.stream().filter(Objects::nonNull).mapToLong(Stock::considered).sum();
	}

	private static @Nullable Long affected(RunOutcome outcome) {
		if (isUncounted(outcome) || outcome.overcounts()) {
			return null;
		}
		return outcome.steps()
			.stream()
			.flatMap((step) -> step.removedByGroup().values().stream())
			.filter((rows) -> rows > 0)
			.count();
	}

	private List<CleanupCounts.Detail> details(StepOutcome step) {
		List<Entry<@Nullable String, Long>> most = step.removedByGroup()
			.entrySet()
			.stream()
			.filter((group) -> group.getValue() > 0)
			.sorted(Comparator.comparing((Entry<@Nullable String, Long> group) -> -group.getValue())
				.thenComparing((group) -> String.valueOf(group.getKey())))
			.limit(BacklogReader.MAX_RECIPES)
			.toList();
		Map<@Nullable String, String> names = names(keys(most));
		return most.stream().map((group) -> detail(group, step, names)).toList();
	}

	/** A run that has ended is answered even if its recipes cannot be looked up. */
	private Map<@Nullable String, String> names(List<@Nullable String> recipes) {
		try {
			return this.backlog.names(recipes);
		}
		catch (DataAccessException ex) {
			return recipes.stream()
				.collect(HashMap::new, (names, recipe) -> names.put(recipe, BacklogReader.name(recipe, null)),
						HashMap::putAll);
		}
	}

	private static List<@Nullable String> keys(List<Entry<@Nullable String, Long>> groups) {
		List<@Nullable String> keys = new ArrayList<>();
		groups.forEach((group) -> keys.add(group.getKey()));
		return keys;
	}

	private CleanupCounts.Detail detail(Entry<@Nullable String, Long> group, StepOutcome step,
			Map<@Nullable String, String> names) {
		Stock stock = step.stock();
		GroupCount before = (stock != null) ? stock.group(group.getKey()) : null;
		long failed = (before != null) ? before.before() : group.getValue();
		String name = names.getOrDefault(group.getKey(), BacklogReader.name(group.getKey(), null));
		return new CleanupCounts.Detail(this.recipeIds.json(group.getKey()), name, failed, group.getValue(),
				failed - group.getValue());
	}

	private record Written(BacklogStatus status, byte[] json) {

	}

}
