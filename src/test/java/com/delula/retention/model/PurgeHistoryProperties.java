package com.delula.retention.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.delula.retention.model.Happening.Kind;
import com.delula.retention.model.Happening.Trouble;
import com.delula.retention.model.PurgeModelProperties.Job;
import com.delula.retention.support.Api;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

import org.springframework.util.function.SingletonSupplier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same as {@link HistoryModelProperties} for the purge: jobs and upscale jobs arrive,
 * go on, are removed and come back, parents before their children.
 */
class PurgeHistoryProperties {

	private static final String PURGE = "/api/admin/rules/job-purge/run";

	private static final Supplier<Stage> STAGE = SingletonSupplier.of(() -> Stage.ofJobs(1));

	@Property(shrinking = ShrinkingMode.BOUNDED)
	void theModelAgreesWithTheDatabase(@ForAll("histories") List<Step> history) {
		carryOut(STAGE.get(), history);
	}

	/** Has everything happen, and looks at it step by step. */
	static void carryOut(Stage stage, List<Step> history) {
		PurgeWorld world = new PurgeWorld(stage);
		history.forEach((step) -> {
			carryOut(world, step);
			world.assertAgrees();
		});
	}

	private static void carryOut(PurgeWorld world, Step step) {
		switch (step.kind()) {
			case ARRIVE -> world.arrive(step.jobs(), step.upscaleJobs());
			case RETRY -> world.change(step.pick(), Set.of("completed", "failed"), "processing");
			case COMPLETE -> world.change(step.pick(), Set.of("processing"), "completed");
			case FAIL -> world.change(step.pick(), Set.of("processing"), "failed");
			case DELETE -> world.delete(step.pick());
			case RUN -> purge(world, step);
			case RESTORE ->
				HistoryWorld.pick(world.undoable(), step.pick()).ifPresent((run) -> restore(world, step, run));
			case TAKE_KEY -> world.takeKey(step.pick());
			case FREE_KEYS -> world.freeKeys();
			default -> throw new IllegalArgumentException(step.toString());
		}
	}

	private static void purge(PurgeWorld world, Step step) {
		Set<String> due = world.due();
		long referenced = world.referenced();
		Integer expected = Happening.expected(step.margin(), due.size());
		Effect<String> effect = world.call(PURGE + query(expected), step.trouble(), step.at());
		Ended ended = Ended.last(world.stage().service());
		Trouble trouble = effect.disturbed() ? step.trouble() : Trouble.NONE;
		Set<String> gone = effect.gone();
		assertThat(effect.back()).isEmpty();
		assertThat(ended.removed()).isEqualTo(gone.size());
		assertThat(gone).allMatch((id) -> due.contains(id) || effect.late().contains(id));
		if (expected != null) {
			assertThat(gone).hasSizeLessThanOrEqualTo(expected);
		}
		// An upscale job that arrives keeps a job that was due.
		ended.assertFits(trouble, gone.size(), due.size() - ((trouble == Trouble.MORE) ? 1 : 0), expected);
		if (trouble == Trouble.NONE && ended.status().equals("succeeded")) {
			assertThat(ended.kept()).isEqualTo(referenced);
		}
		if (!gone.isEmpty()) {
			world.keep(ended.id(), gone);
		}
	}

	private static void restore(PurgeWorld world, Step step, String run) {
		Set<String> kept = world.kept(run);
		if (kept.isEmpty()) {
			world.stage().service().api().post(Api.RUNS + "/" + run + "/restore").problem(409);
			return;
		}
		Map<String, String> obstacles = kept.stream()
			.filter((id) -> world.obstacle(run, id) != null)
			.collect(Collectors.toMap((id) -> id, (id) -> String.valueOf(world.obstacle(run, id))));
		int free = kept.size() - obstacles.size();
		Integer expected = Happening.expected(step.margin(), free);
		Trouble wanted = (step.trouble() == Trouble.MORE) ? Trouble.NONE : step.trouble();
		Effect<String> effect = world.call(Api.RUNS + "/" + run + "/restore" + query(expected), wanted, step.at());
		Ended ended = Ended.last(world.stage().service());
		Set<String> back = effect.back();
		assertThat(effect.gone()).isEmpty();
		assertThat(ended.removed()).isEqualTo(-back.size());
		assertThat(back).allMatch((id) -> kept.contains(id) && !obstacles.containsKey(id));
		ended.assertFits(effect.disturbed() ? wanted : Trouble.NONE, back.size(), free, expected);
		if (ended.status().equals("succeeded")) {
			assertThat(ended.leftOut()).isEqualTo(obstacles);
		}
		world.putBack(run, back);
	}

	private static String query(@Nullable Integer expected) {
		return (expected != null) ? "?expectedRows=" + expected : "";
	}

	@Provide
	Arbitrary<List<Step>> histories() {
		return histories(10, 20);
	}

	/**
	 * Histories that begin with rows.
	 * @param longest how many things happen at most
	 * @param jobs how many jobs arrive at a time at most, and half as many upscale jobs
	 */
	static Arbitrary<List<Step>> histories(int longest, int jobs) {
		Arbitrary<Kind> kinds = Arbitraries.frequencyOf(Tuple.of(2, Arbitraries.just(Kind.ARRIVE)),
				Tuple.of(3, Arbitraries.just(Kind.RUN)), Tuple.of(3, Arbitraries.just(Kind.RESTORE)),
				Tuple.of(8, Arbitraries.of(Kind.RETRY, Kind.COMPLETE, Kind.FAIL, Kind.DELETE, Kind.TAKE_KEY,
						Kind.FREE_KEYS)));
		Arbitrary<Trouble> troubles = Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.just(Trouble.NONE)),
				Tuple.of(4, Arbitraries.of(Trouble.class)));
		Arbitrary<Step> any = Combinators
			.combine(kinds, Arbitraries.integers().between(0, 99), Arbitraries.of(-1, 0, 0, 2).injectNull(0.5),
					troubles, Arbitraries.integers().between(1, 5), PurgeModelProperties.rows("x", jobs),
					PurgeModelProperties.rows("x", jobs / 2))
			.as(Step::new);
		return any.list()
			.ofMinSize(5)
			.ofMaxSize(longest)
			.withSizeDistribution(RandomDistribution.uniform())
			.map((list) -> Stream.concat(list.stream().limit(1).map((first) -> first.with(Kind.ARRIVE)), list.stream())
				.toList());
	}

	/**
	 * One thing that happens.
	 *
	 * @param kind what
	 * @param pick which of those that it can happen to
	 * @param margin what is expected beyond the rows that are due; null if nothing is
	 * @param trouble what goes wrong meanwhile
	 * @param at with which statement it does
	 * @param jobs those that arrive
	 * @param upscaleJobs the same
	 */
	record Step(Kind kind, int pick, @Nullable Integer margin, Trouble trouble, int at, List<Job> jobs,
			List<Job> upscaleJobs) {

		Step with(Kind other) {
			return new Step(other, this.pick, this.margin, this.trouble, this.at, this.jobs, this.upscaleJobs);
		}

	}

}
