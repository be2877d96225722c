package com.delula.retention.recipes;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.delula.retention.backlog.BacklogStatus.FailedRecipe;
import com.delula.retention.dashboard.ResultPage;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.UriComponentsBuilder;

/**
 * The filter, order and page of the list of recipes.
 *
 * @param q part of a name, or an id
 * @param sort {@code failures}, {@code oldest} or {@code name}
 * @param page the page, from 0
 */
record RecipeQuery(String q, String sort, int page) {

	static final String FAILURES = "failures";

	private static final Comparator<FailedRecipe> BY_FAILURES = Comparator
		.comparingLong((FailedRecipe recipe) -> -recipe.failedCount())
		.thenComparing((recipe) -> recipe.recipeName().toLowerCase(Locale.ROOT));

	private static final Map<String, Comparator<FailedRecipe>> ORDERS = Map.of(FAILURES, BY_FAILURES, "oldest",
			Comparator.comparing(FailedRecipe::oldestFailedAt, Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
				.thenComparing(BY_FAILURES),
			"name", Comparator.comparing((FailedRecipe recipe) -> recipe.recipeName().toLowerCase(Locale.ROOT))
				.thenComparing(BY_FAILURES));

	/** Reads what an address says; invalid parts are ignored. */
	static RecipeQuery of(@Nullable String q, @Nullable String sort, @Nullable String page) {
		String order = String.valueOf(sort);
		return new RecipeQuery((q != null) ? q.strip() : "", ORDERS.containsKey(order) ? order : FAILURES,
				ResultPage.page(page));
	}

	ResultPage<FailedRecipe> in(List<FailedRecipe> recipes) {
		String wanted = this.q.toLowerCase(Locale.ROOT);
		Comparator<FailedRecipe> order = ORDERS.getOrDefault(this.sort, BY_FAILURES);
		return ResultPage.cut(recipes.stream().filter((recipe) -> fits(recipe, wanted)).sorted(order).toList(),
				this.page);
	}

	private static boolean fits(FailedRecipe recipe, String wanted) {
		return recipe.recipeName().toLowerCase(Locale.ROOT).contains(wanted) || wanted.equals(recipe.recipeId());
	}

	/** The address of the same recipes in another order. */
	public String sortAddress(String by) {
		return address(by, 0);
	}

	/** The address of another page of them. */
	public String pageAddress(int to) {
		return address(this.sort, to);
	}

	private String address(String by, int to) {
		return UriComponentsBuilder.fromPath("/recipes")
			.queryParam("q", "{q}")
			.queryParam("sort", by)
			.queryParam("page", to)
			.encode()
			.buildAndExpand(this.q)
			.toUriString();
	}

}
