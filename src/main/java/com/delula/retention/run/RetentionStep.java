package com.delula.retention.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One table's part in one run: which rows go, and the statements that remove them. A step
 * is made for a single run, and is asked for slices and batches from several threads at a
 * time. It knows nothing of locks, transactions or pacing: each method is called inside a
 * transaction of the engine's.
 */
public interface RetentionStep {

	/** The table that loses rows. */
	String table();

	/**
	 * Writes down which rows stay as the newest of their group (to tables of the
	 * service's own). Called until it has worked once, and not in a dry run.
	 */
	void prepare();

	/**
	 * Where the walk begins and ends: its parts, in order; none if there is nothing to
	 * walk over. The engine asks once and keeps to the answer.
	 */
	List<Span> spans();

	/** Counts what is due, reading only. */
	Stock takeStock();

	/**
	 * The same, counts every candidate, due or not, which takes longer, and looks ahead.
	 * @param later the scope of a later run
	 * @param since candidates with a time after this, and not after the start of the
	 * step's run, have arrived
	 */
	Survey survey(RunScope later, Instant since);

	/**
	 * Pages strewn over the walk, in its order: those of a random share of the table's
	 * pages on which there is a row of it. None where the table does not allow that.
	 * @param percent the share, above 0 and up to 100
	 */
	List<SampledPage> sample(double percent);

	/**
	 * Cuts pieces off the beginning of a slice.
	 * @param rows how many rows each has
	 * @param most how many pieces are wanted
	 * @return where they end, in order; empty if the slice has fewer than {@code rows}
	 */
	List<Cut> cut(Slice slice, int rows, int most);

	/**
	 * Removes the due rows of a slice, with every condition of the rule repeated.
	 * @param unlocked only those that nobody else holds
	 * @param reasons whether there is time to count them by reason: some 10 % of a batch
	 * @throws LateReferenceException if a reference came in the meantime that the
	 * database does not protect
	 */
	BatchResult remove(Slice slice, boolean unlocked, boolean reasons);

	/**
	 * The same as {@link #remove}, by reason too, for a series of slices that the server
	 * walks over by itself; empty where a batch needs more than statements.
	 */
	default Optional<SeriesSql> series() {
		return Optional.empty();
	}

	/** Whether rows can be told that nobody else holds. */
	boolean canSkipLocked();

	/**
	 * Whether several workers help. Where a batch locks whole tables they would only wait
	 * for each other.
	 */
	default boolean isConcurrent() {
		return true;
	}

	/** Counts the rows of a slice that {@link #remove} would remove. */
	long countDue(Slice slice);

}
