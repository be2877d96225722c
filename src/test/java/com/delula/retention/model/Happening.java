package com.delula.retention.model;

import java.util.List;
import java.util.stream.Stream;

import com.delula.retention.model.BacklogModelProperties.Failure;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happens in a random history.
 *
 * @param kind what
 * @param pick which of those that it can happen to
 * @param margin what is expected beyond the rows that are due; null if nothing is
 * @param trouble what goes wrong meanwhile
 * @param at with which statement it does
 * @param policies those that are saved
 * @param rows those that arrive
 */
record Happening(Kind kind, int pick, @Nullable Integer margin, Trouble trouble, int at, Exceptions policies,
		List<Failure> rows) {

	/**
	 * Histories that begin with rows.
	 * @param longest how many things happen at most
	 * @param rows how many rows arrive at a time at most
	 */
	static Arbitrary<List<Happening>> histories(int longest, int rows) {
		Arbitrary<Trouble> troubles = Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.just(Trouble.NONE)),
				Tuple.of(4, Arbitraries.of(Trouble.class)));
		Arbitrary<Happening> any = Combinators
			.combine(Arbitraries.of(Kind.LIKELY), Arbitraries.integers().between(0, 99),
					Arbitraries.of(-1, 0, 0, 2).injectNull(0.5), troubles, Arbitraries.integers().between(1, 4),
					Exceptions.any(), BacklogModelProperties.databases(rows / 4, rows))
			.as(Happening::new);
		return any.list()
			.ofMinSize(5)
			.ofMaxSize(longest)
			.withSizeDistribution(RandomDistribution.uniform())
			.map((list) -> Stream.concat(list.stream().limit(1).map((first) -> first.with(Kind.ARRIVE)), list.stream())
				.toList());
	}

	/** The rows to expect where so many are due; null for none. */
	@Nullable Integer expected(int due) {
		return expected(this.margin, due);
	}

	/** The rows to expect where so many are due, with a margin; null without one. */
	static @Nullable Integer expected(@Nullable Integer margin, int due) {
		return (margin != null) ? Math.max(0, due + margin) : null;
	}

	private Happening with(Kind other) {
		return new Happening(other, this.pick, this.margin, this.trouble, this.at, this.policies, this.rows);
	}

	/** What may happen. */
	enum Kind {

		ARRIVE, RETRY, COMPLETE, FAIL, DELETE, POLICIES, RUN, EMERGENCY, RESTORE, TAKE_KEY, FREE_KEYS, DROP_RECIPE,
		ADD_RECIPES;

		static final List<Kind> LIKELY = List.of(ARRIVE, ARRIVE, RETRY, RETRY, COMPLETE, FAIL, DELETE, DELETE, POLICIES,
				RUN, RUN, RUN, EMERGENCY, RESTORE, RESTORE, RESTORE, TAKE_KEY, FREE_KEYS, DROP_RECIPE, ADD_RECIPES);

	}

	/** What may go wrong in the middle of a run. */
	enum Trouble {

		NONE,

		/** The connection is cut. */
		KILL,

		/** The database refuses for a reason that trying again does not help. */
		FAIL,

		/** Somebody cancels the run. */
		CANCEL,

		/** More rows become due. */
		MORE

	}

}
