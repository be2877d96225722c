package com.delula.retention.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import com.delula.retention.support.Api;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase.Installation;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The backlog's two rules compared with a plain model over random databases. */
class BacklogModelProperties {

	private static final int CUTOFF_HOURS = 24;

	@Property(shrinking = ShrinkingMode.BOUNDED)
	void theCleanupDoesWhatTheModelSays(@ForAll Installation installation, @ForAll("databases") List<Failure> rows,
			@ForAll("options") Narrowing options, @ForAll("policies") Exceptions policies) {
		compare(installation, rows, options, policies, Api.RUN, "cleanedUpGenerations",
				regular(rows, options, policies));
	}

	@Property(shrinking = ShrinkingMode.BOUNDED)
	void theEmergencyDoesWhatTheModelSays(@ForAll Installation installation, @ForAll("databases") List<Failure> rows,
			@ForAll("options") Narrowing options, @ForAll("policies") Exceptions policies) {
		Set<Long> gone = rows.stream()
			.filter(Failure::counts)
			.filter(options::admits)
			.filter((row) -> !policies.hold(row))
			.map(Failure::id)
			.collect(Collectors.toSet());
		compare(installation, rows, options, policies, Api.EMERGENCY, "removedCount", gone);
	}

	/** What is told of each row is what becomes of it. */
	@Property(shrinking = ShrinkingMode.BOUNDED)
	void theRowsThatAreSaidToBeDueAreThoseThatGo(@ForAll Installation installation,
			@ForAll("databases") List<Failure> rows, @ForAll("policies") Exceptions policies) {
		Service service = ModelDatabases.service(installation);
		fill(service, installation, rows, policies);
		Map<Long, String> verdicts = new HashMap<>();
		rows.forEach((row) -> verdicts.put(row.id(),
				ModelDatabases.verdict(service, "backlog-cleanup", "generations", String.valueOf(row.id()))));
		service.api().post(Api.RUN).ok();
		List<Long> left = service.database().rows().generationIds();
		assertThat(rows).allSatisfy((row) -> {
			assertThat(verdicts.get(row.id()).equals("due")).isNotEqualTo(left.contains(row.id()));
			assertThat(verdicts.get(row.id()).equals("not-covered")).isNotEqualTo(row.counts());
			assertThat(verdicts.get(row.id()).equals("held")).isEqualTo(row.counts() && policies.hold(row));
		});
	}

	private static void fill(Service service, Installation installation, List<Failure> rows, Exceptions policies) {
		ModelDatabases.truncate(service);
		ModelDatabases.recipes(service);
		Instant now = service.database().rows().now();
		ModelDatabases.insert(service, "generations",
				rows.stream().map((row) -> row.columns(now, installation)).toList());
		policies.save(service);
	}

	private static void compare(Installation installation, List<Failure> rows, Narrowing options, Exceptions policies,
			String path, String count, Set<Long> gone) {
		Service service = ModelDatabases.service(installation);
		fill(service, installation, rows, policies);
		JsonNode dry = service.api().post(path, options.json(true)).ok();
		assertThat(service.database().rows().generationIds()).hasSize(rows.size());
		JsonNode answer = service.api().post(path, options.json(false)).ok();
		assertThat(service.database().rows().generationIds()).containsExactlyInAnyOrderElementsOf(
				rows.stream().map(Failure::id).filter((id) -> !gone.contains(id)).toList());
		assertThat(answer.get(count).longValue()).isEqualTo(gone.size());
		assertThat(dry.get(count)).isEqualTo(answer.get(count));
		assertThat(dry.get("recipesAffected")).isEqualTo(answer.get("recipesAffected"));
		assertThat(dry.get("cleanupDetails")).isEqualTo(answer.get("cleanupDetails"));
		assertThat(service.jdbc().sql("SELECT sum(amount) FROM credit_transactions").query(Long.class).single())
			.isEqualTo(gone.size());
	}

	/** The regular rule as section 2 tells it. */
	private static Set<Long> regular(List<Failure> rows, Narrowing options, Exceptions policies) {
		return policies.due(rows, ModelDatabases.KEPT, CUTOFF_HOURS)
			.stream()
			.filter(options::admits)
			.map(Failure::id)
			.collect(Collectors.toSet());
	}

	@Provide
	Arbitrary<Exceptions> policies() {
		return Exceptions.any();
	}

	@Provide
	Arbitrary<List<Failure>> databases() {
		return databases(0, 60);
	}

	static Arbitrary<List<Failure>> databases(int least, int most) {
		Arbitrary<Integer> ages = Arbitraries.of(0, 1, 23, 25, 25, 26, 26, 27, 48, 400).injectNull(0.15);
		Arbitrary<Failure> rows = Combinators
			.combine(Arbitraries.of("system_backlog", "system_backlog", "system_backlog", "alice"),
					Arbitraries.of(1L, 1L, 2L, 3L).injectNull(0.25),
					Arbitraries.of("failed", "failed", "failed", "failed", "pending", "completed"),
					Arbitraries.of("outage", "GPU {held}").injectNull(0.2), ages, ages)
			.as((user, recipe, status, reason, created, updated) -> new Failure(0, user, recipe, status, reason,
					created, updated));
		return rows.list().ofMinSize(least).ofMaxSize(most).map(BacklogModelProperties::numbered);
	}

	/** Ids in an order that has nothing to do with the times. */
	private static List<Failure> numbered(List<Failure> rows) {
		List<Failure> numbered = new ArrayList<>();
		for (Failure row : rows) {
			numbered.add(row.withId((numbered.size() * 37L) % 101 + 1));
		}
		return numbered;
	}

	@Provide
	Arbitrary<Narrowing> options() {
		return Combinators
			.combine(Arbitraries.of(1L, 2L, 9L).injectNull(0.6), Arbitraries.of("outage", "none").injectNull(0.6))
			.as(Narrowing::new);
	}

	/** What a caller narrows a run with. */
	record Narrowing(@Nullable Long recipe, @Nullable String reason) {

		boolean admits(Failure row) {
			return (this.recipe == null || this.recipe.equals(row.recipe()))
					&& (this.reason == null || this.reason.equals(row.reason()));
		}

		String json(boolean dryRun) {
			Map<String, Object> options = new HashMap<>(Map.of("dryRun", dryRun));
			if (this.recipe != null) {
				options.put("recipeId", this.recipe);
			}
			if (this.reason != null) {
				options.put("failureReason", this.reason);
			}
			return new JsonMapper().writeValueAsString(options);
		}

	}

	/** A generation of the model; ages in hours. */
	record Failure(long id, String user, @Nullable Long recipe, String status, @Nullable String reason,
			@Nullable Integer created, @Nullable Integer updated) {

		static final Comparator<Failure> NEWEST_FIRST = Comparator
			.comparing((Failure row) -> Objects.requireNonNullElse(row.age(), -1))
			.thenComparing(Comparator.comparing(Failure::id).reversed());

		boolean counts() {
			return this.user.equals("system_backlog") && this.status.equals("failed");
		}

		@Nullable Integer age() {
			return (this.updated != null) ? this.updated : this.created;
		}

		Failure withId(long id) {
			return new Failure(id, this.user, this.recipe, this.status, this.reason, this.created, this.updated);
		}

		Map<String, Object> columns(Instant now, Installation installation) {
			Map<String, Object> columns = new LinkedHashMap<>();
			columns.put("id", this.id);
			columns.put("user_id", this.user);
			columns.put("recipe_id", this.recipe);
			columns.put("status", this.status);
			columns.put("failure_reason", this.reason);
			columns.put("created_at", time(now, this.created));
			columns.put("updated_at", time(now, this.updated));
			if (installation == Installation.EXISTING) {
				columns.putAll(Map.of("prompt", "x", "type", "image", "is_public", false, "credits_refunded", false,
						"retry_count", 0, "max_retries", 2));
			}
			return columns;
		}

		private static @Nullable String time(Instant now, @Nullable Integer hours) {
			return (hours != null) ? now.minus(Duration.ofHours(hours)).toString() : null;
		}

	}

}
