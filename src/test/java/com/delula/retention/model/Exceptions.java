package com.delula.retention.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.delula.retention.model.BacklogModelProperties.Failure;
import com.delula.retention.policy.PolicyStore;
import com.delula.retention.rule.Policy;
import com.delula.retention.support.Service;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** Random policies of the backlog cleanup, and what the contract says of them. */
record Exceptions(List<Policy> policies) {

	private static final String RULE = "backlog-cleanup";

	private static final String RECIPE = "recipe_id";

	private static final String REASON = "failure_reason";

	/**
	 * A value that stands for rows without one, and one for a column that is not named.
	 */
	private static final String NULL = "null";

	private static final String ANY = "any";

	static Arbitrary<Exceptions> any() {
		Arbitrary<Policy> policies = Combinators
			.combine(Arbitraries.of("1", "1", "2", "3", NULL, ANY, ANY),
					Arbitraries.of("outage", "GPU {held}", NULL, ANY, ANY),
					Arbitraries.of(0, 1, 24, 26, 48).injectNull(0.4), Arbitraries.of(0, 1, 2, 5).injectNull(0.4),
					Arbitraries.of(false, false, false, true))
			.filter((recipe, reason, age, keep, hold) -> !(recipe.equals(ANY) && reason.equals(ANY))
					&& (age != null || keep != null || hold))
			.as((recipe, reason, age, keep, hold) -> new Policy("p", match(recipe, reason), age, keep, hold, null));
		return Arbitraries.oneOf(Arbitraries.just(List.<Policy>of()), policies.list().ofMinSize(1).ofMaxSize(4))
			.map(Exceptions::distinct);
	}

	private static Map<String, @Nullable String> match(String recipe, String reason) {
		Map<String, @Nullable String> match = new LinkedHashMap<>();
		if (!recipe.equals(ANY)) {
			match.put(RECIPE, recipe.equals(NULL) ? null : recipe);
		}
		if (!reason.equals(ANY)) {
			match.put(REASON, reason.equals(NULL) ? null : reason);
		}
		return match;
	}

	/** No two match the same; ids in an order that has nothing to do with precedence. */
	private static Exceptions distinct(List<Policy> drawn) {
		Map<Map<String, @Nullable String>, Policy> byMatch = new LinkedHashMap<>();
		drawn.forEach((policy) -> byMatch.putIfAbsent(policy.match(), policy));
		List<Policy> named = new ArrayList<>();
		byMatch.values()
			.forEach((policy) -> named.add(new Policy("p" + (named.size() * 7) % 4, policy.match(),
					policy.maxAgeHours(), policy.keepNewest(), policy.hold(), null)));
		return new Exceptions(named);
	}

	void save(Service service) {
		service.jdbc().sql("DELETE FROM retention_policy").update();
		this.policies.forEach((policy) -> service.bean(PolicyStore.class).save(RULE, policy, "model", "api"));
	}

	/** Most columns first, then the one with the recipe, which the rule lists first. */
	Optional<Policy> of(Failure row) {
		return this.policies.stream()
			.filter((policy) -> matches(policy, row))
			.max((some, other) -> Integer.compare(rank(some), rank(other)));
	}

	private static int rank(Policy policy) {
		return policy.match().size() * 2 + (policy.match().containsKey(RECIPE) ? 1 : 0);
	}

	boolean hold(Failure row) {
		return this.policies.stream().anyMatch((policy) -> policy.hold() && matches(policy, row));
	}

	private static boolean matches(Policy policy, Failure row) {
		return agrees(policy, RECIPE, (row.recipe() != null) ? row.recipe().toString() : null)
				&& agrees(policy, REASON, row.reason());
	}

	private static boolean agrees(Policy policy, String column, @Nullable String value) {
		return !policy.match().containsKey(column) || Objects.equals(policy.match().get(column), value);
	}

	/** The rows that a regular run removes, before it is narrowed. */
	Set<Failure> due(List<Failure> rows, int keep, int hours) {
		Map<String, List<Failure>> groups = rows.stream()
			.filter(Failure::counts)
			.collect(Collectors.groupingBy((row) -> of(row).map(Policy::id).orElse("") + "/" + row.recipe()));
		return groups.values()
			.stream()
			.flatMap((group) -> group.stream().sorted(Failure.NEWEST_FIRST).skip(keep(group.get(0), keep)))
			.filter((row) -> !hold(row) && isOld(row, hours))
			.collect(Collectors.toSet());
	}

	private int keep(Failure row, int own) {
		return of(row).map(Policy::keepNewest).orElse(own);
	}

	private boolean isOld(Failure row, int own) {
		int hours = of(row).map(Policy::maxAgeHours).orElse(own);
		return hours == 0 || (row.age() != null && row.age() >= hours);
	}

}
