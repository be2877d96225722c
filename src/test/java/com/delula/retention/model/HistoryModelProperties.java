package com.delula.retention.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import com.delula.retention.model.Happening.Trouble;
import com.delula.retention.support.Api;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.util.function.SingletonSupplier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random histories: rows come, are tried again and removed, under policies that change,
 * by runs that promise, are killed, fail or are cancelled, and come back. Whatever
 * happened, no more goes than was promised, what was removed comes back exactly, and the
 * books agree with the rows.
 */
class HistoryModelProperties {

	private static final String RULE = "/api/admin/rules/backlog-cleanup/";

	private static final Supplier<Stage> STAGE = SingletonSupplier.of(() -> Stage.ofGenerations(1));

	@Property(shrinking = ShrinkingMode.BOUNDED)
	void theModelAgreesWithTheDatabase(@ForAll("histories") List<Happening> history) {
		carryOut(STAGE.get(), history);
	}

	/** Has everything happen, and looks at it step by step. */
	static void carryOut(Stage stage, List<Happening> history) {
		HistoryWorld world = new HistoryWorld(stage);
		history.forEach((happening) -> {
			carryOut(world, happening);
			world.assertAgrees();
		});
		assertReported(world);
	}

	private static void carryOut(HistoryWorld world, Happening happening) {
		switch (happening.kind()) {
			case ARRIVE -> world.arrive(happening.rows());
			case RETRY -> world.change(happening.pick(), "failed", "pending");
			case COMPLETE -> world.change(happening.pick(), "pending", "completed");
			case FAIL -> world.change(happening.pick(), "pending", "failed");
			case DELETE -> world.delete(happening.pick());
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
		Integer expected = happening.expected(due.size());
		Effect<Long> effect = world.call(RULE + (emergency ? "emergency" : "run") + query(expected),
				happening.trouble(), happening.at());
		Ended ended = Ended.last(world.stage().service());
		Set<Long> gone = effect.gone();
		assertThat(effect.back()).isEmpty();
		assertThat(ended.removed()).isEqualTo(gone.size());
		assertThat(gone).allMatch((id) -> due.contains(id) || effect.late().contains(id));
		if (expected != null) {
			assertThat(gone).hasSizeLessThanOrEqualTo(expected);
		}
		ended.assertFits(effect.disturbed() ? happening.trouble() : Trouble.NONE, gone.size(), due.size(), expected);
		if (!gone.isEmpty()) {
			world.keep(ended.id(), effect);
		}
	}

	private static void restore(HistoryWorld world, Happening happening, String run) {
		Map<Long, Kept> kept = new HashMap<>(world.kept(run));
		if (kept.isEmpty()) {
			world.stage().service().api().post(Api.RUNS + "/" + run + "/restore").problem(409);
			return;
		}
		Map<String, String> obstacles = new HashMap<>();
		kept.forEach((id, row) -> {
			String obstacle = world.obstacle(row.row());
			if (obstacle != null) {
				obstacles.put(id.toString(), obstacle);
			}
		});
		Integer expected = happening.expected(kept.size() - obstacles.size());
		Trouble trouble = (happening.trouble() == Trouble.MORE) ? Trouble.NONE : happening.trouble();
		Effect<Long> effect = world.call(Api.RUNS + "/" + run + "/restore" + query(expected), trouble, happening.at());
		Ended ended = Ended.last(world.stage().service());
		Set<Long> back = effect.back();
		assertThat(effect.gone()).isEmpty();
		assertThat(ended.removed()).isEqualTo(-back.size());
		assertThat(back).allMatch((id) -> kept.containsKey(id) && !obstacles.containsKey(id.toString()));
		back.stream()
			.filter((id) -> kept.get(id).text() != null)
			.forEach((id) -> assertThat(effect.after().get(id)).isEqualTo(kept.get(id).text()));
		ended.assertFits(effect.disturbed() ? trouble : Trouble.NONE, back.size(), kept.size() - obstacles.size(),
				expected);
		if (ended.status().equals("succeeded")) {
			assertThat(ended.leftOut()).isEqualTo(obstacles);
		}
		world.putBack(run, back);
	}

	/**
	 * What the report tells is what is gone. Runs at full speed do not count by reason.
	 */
	private static void assertReported(HistoryWorld world) {
		JsonNode report = world.stage().service().api().get(RULE + "report").ok();
		for (String part : List.of("days", "groups")) {
			assertThat(report.get(part).valueStream().mapToLong((one) -> one.get("removed").asLong(0)).sum()).as(part)
				.isEqualTo(world.gone());
		}
	}

	private static String query(@Nullable Integer expected) {
		return (expected != null) ? "?expectedRows=" + expected : "";
	}

	@Provide
	Arbitrary<List<Happening>> histories() {
		return Happening.histories(10, 40);
	}

}
