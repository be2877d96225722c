package com.delula.retention.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.delula.retention.model.Happening.Trouble;
import com.delula.retention.support.Api;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random histories: rows come, are tried again and removed, under policies that change,
 * by runs that promise, are killed, fail or are cancelled, and come back. Whatever
 * happened, no more goes than was promised, what was removed comes back exactly, and the
 * books agree with the rows.
 */
class HistoryModelProperties {

	private static final String RULE = "/api/admin/rules/backlog-cleanup/";

	private static final JsonMapper JSON = new JsonMapper();

	@Property(shrinking = ShrinkingMode.BOUNDED)
	void theModelAgreesWithTheDatabase(@ForAll("histories") List<Happening> history) {
		carryOut(history);
	}

	/** Has everything happen, and looks at it step by step. */
	static void carryOut(List<Happening> history) {
		HistoryWorld world = new HistoryWorld();
		history.forEach((happening) -> {
			carryOut(world, happening);
			world.assertAgrees();
		});
	}

	private static void carryOut(HistoryWorld world, Happening happening) {
		switch (happening.kind()) {
			case ARRIVE -> world.arrive(happening.rows());
			case RETRY -> world.retry(happening.pick());
			case POLICIES -> world.save(happening.policies());
			case RUN -> run(world, happening, false);
			case EMERGENCY -> run(world, happening, true);
			case RESTORE -> HistoryWorld.pick(world.undoable(), happening.pick())
				.ifPresent((run) -> restore(world, happening, run));
			case TAKE_KEY -> world.takeKey(happening.pick());
			case FREE_KEYS -> world.freeKeys();
			case DROP_RECIPE -> world.dropRecipe(happening.pick());
			case ADD_RECIPES -> world.addRecipes();
		}
	}

	private static void run(HistoryWorld world, Happening happening, boolean emergency) {
		Set<Long> due = world.due(emergency);
		Integer expected = expected(happening, due.size());
		Effect effect = world.call(RULE + (emergency ? "emergency" : "run") + query(expected), happening.trouble(),
				happening.at());
		Ended ended = Ended.last();
		Set<Long> gone = effect.gone();
		assertThat(effect.back()).isEmpty();
		assertThat(ended.removed()).isEqualTo(gone.size());
		assertThat(gone).allMatch((id) -> due.contains(id) || effect.late().contains(id));
		if (expected != null) {
			assertThat(gone).hasSizeLessThanOrEqualTo(expected);
		}
		assertEnd(ended, effect, happening.trouble(), gone.size(), due.size(), expected);
		if (!gone.isEmpty()) {
			world.keep(ended.id(), effect);
		}
	}

	private static void restore(HistoryWorld world, Happening happening, String run) {
		Map<Long, Kept> kept = new HashMap<>(world.kept(run));
		Map<String, String> obstacles = new HashMap<>();
		kept.forEach((id, row) -> {
			String obstacle = world.obstacle(row.row());
			if (obstacle != null) {
				obstacles.put(id.toString(), obstacle);
			}
		});
		Integer expected = expected(happening, kept.size() - obstacles.size());
		Trouble trouble = (happening.trouble() == Trouble.MORE) ? Trouble.NONE : happening.trouble();
		Effect effect = world.call(Api.RUNS + "/" + run + "/restore" + query(expected), trouble, happening.at());
		Ended ended = Ended.last();
		Set<Long> back = effect.back();
		assertThat(effect.gone()).isEmpty();
		assertThat(ended.removed()).isEqualTo(-back.size());
		assertThat(back).allMatch((id) -> kept.containsKey(id) && !obstacles.containsKey(id.toString()));
		back.stream()
			.filter((id) -> kept.get(id).text() != null)
			.forEach((id) -> assertThat(effect.after().get(id)).isEqualTo(kept.get(id).text()));
		assertEnd(ended, effect, trouble, back.size(), kept.size() - obstacles.size(), expected);
		if (ended.status().equals("succeeded")) {
			assertThat(ended.leftOut()).isEqualTo(obstacles);
		}
		world.putBack(run, back);
	}

	private static @Nullable Integer expected(Happening happening, int due) {
		return (happening.margin() != null) ? Math.max(0, due + happening.margin()) : null;
	}

	private static String query(@Nullable Integer expected) {
		return (expected != null) ? "?expectedRows=" + expected : "";
	}

	/** How it ended is told by what went wrong. */
	private static void assertEnd(Ended ended, Effect effect, Trouble trouble, int done, int due,
			@Nullable Integer expected) {
		if (expected != null && expected < due) {
			assertThat(ended.status()).isEqualTo("refused");
			assertThat(done).isZero();
			return;
		}
		Trouble real = effect.disturbed() ? trouble : Trouble.NONE;
		switch (real) {
			case NONE, KILL -> {
				assertThat(ended.status()).isEqualTo("succeeded");
				assertThat(done).isEqualTo(due);
			}
			case FAIL -> assertThat(ended.status()).isEqualTo("failed");
			case CANCEL -> assertThat(ended.status()).isIn("cancelled", "succeeded");
			case MORE -> {
				assertThat(ended.status())
					.isIn((expected != null) ? List.of("succeeded", "refused") : List.of("succeeded"));
				assertThat(done).isGreaterThanOrEqualTo((expected != null) ? 0 : due);
			}
		}
	}

	@Provide
	Arbitrary<List<Happening>> histories() {
		return Happening.histories();
	}

	/**
	 * How a run ended.
	 *
	 * @param id its id
	 * @param status its status
	 * @param removed the rows that it removed; negative if it put back
	 * @param leftOut the keys that a restore left out, with the reasons
	 */
	private record Ended(String id, String status, long removed, Map<String, String> leftOut) {

		static Ended last() {
			return HistoryWorld.service()
				.jdbc()
				.sql("SELECT id, status, rows_removed, left_out FROM retention_run ORDER BY started_at DESC LIMIT 1")
				.query((row, index) -> new Ended(row.getString("id"), row.getString("status"),
						row.getLong("rows_removed"), leftOut(row.getString("left_out"))))
				.single();
		}

		private static Map<String, String> leftOut(@Nullable String json) {
			return JSON.readTree((json != null) ? json : "[]")
				.valueStream()
				.collect(Collectors.toMap((row) -> row.get("key").asString(), (row) -> text(row)));
		}

		private static String text(JsonNode row) {
			return row.get("reason").asString();
		}

	}

}
