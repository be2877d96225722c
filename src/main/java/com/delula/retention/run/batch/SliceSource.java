package com.delula.retention.run.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import com.delula.retention.run.Cut;
import com.delula.retention.run.RetentionStep;
import com.delula.retention.run.Slice;
import com.delula.retention.run.Span;
import com.delula.retention.run.Watermark;
import org.jspecify.annotations.Nullable;

/**
 * Hands a step's slices to its workers, each once and in the order of removal: the
 * watermark that only moves forward. Slices in which somebody is in the way come last, so
 * that one row that is held keeps no other from being removed.
 */
public final class SliceSource {

	/**
	 * No smaller slices are handed out in order to have all workers end together: a batch
	 * of that size is over in some milliseconds.
	 */
	private static final int SMALL = 6_000;

	/** Rows that are cut into slices ahead of the workers. */
	private static final int CUT_AHEAD = 16_000;

	/**
	 * Small slices are for runs that pause; a long cut would be felt like a long batch.
	 */
	private static final int MOST_CUT = 20;

	private final BatchTransaction transaction;

	private final RetentionStep step;

	private final Waypoints waypoints;

	private final int workers;

	/** Parts of the walk that were cut too large, in order; before what lies ahead. */
	private final Deque<Slice> pending = new ArrayDeque<>();

	private final Deque<Slice> postponed = new ArrayDeque<>();

	private final Watermark last;

	private @Nullable Watermark next;

	private int passed;

	private long ahead;

	/**
	 * A walk to be shared out.
	 * @param rows that it goes over; null if that is not known
	 */
	public SliceSource(BatchTransaction transaction, RetentionStep step, Span span, @Nullable Long rows,
			Waypoints waypoints, int workers) {
		this.transaction = transaction;
		this.step = step;
		this.waypoints = waypoints;
		this.workers = workers;
		this.next = span.first();
		this.last = span.last();
		this.ahead = (rows != null) ? rows : waypoints.rows();
	}

	/**
	 * The next slice of about that many rows, fewer towards the end; null when none is
	 * left to be handed out.
	 */
	public synchronized @Nullable Slice next(int rows) {
		long share = Math.max(SMALL, this.ahead / (2L * this.workers));
		int wanted = (int) Math.min(rows, share);
		if (this.pending.isEmpty() && this.next != null) {
			this.pending.add(stretch(this.next, wanted));
		}
		Slice slice = fitting(this.pending, wanted);
		if (slice == null) {
			return fitting(this.postponed, rows);
		}
		while (!this.pending.isEmpty() && this.pending.element().rows() <= wanted - slice.rows()) {
			slice = slice.through(this.pending.remove());
		}
		this.ahead -= slice.rows();
		return slice;
	}

	/**
	 * From the place that comes next to a waypoint, or to the end behind the last. Longer
	 * than wanted where fewer waypoints would tell its length too badly.
	 */
	private Slice stretch(Watermark first, int rows) {
		int steps = Math.max(Waypoints.ENOUGH, rows / this.waypoints.rowsBetween());
		if (this.passed + steps > this.waypoints.places().size()) {
			this.next = null;
			return new Slice(first, this.last, Slice.UNKNOWN);
		}
		Watermark waypoint = this.waypoints.places().get(this.passed + steps - 1);
		Optional<Cut> cut = cut(new Slice(waypoint, this.last, Slice.UNKNOWN), 1);
		this.passed += steps;
		this.next = cut.map(Cut::next).orElse(null);
		return new Slice(first, cut.map(Cut::end).orElse(this.last), steps * this.waypoints.rowsBetween());
	}

	/** The first slice; where it is larger, its beginning, counted off. */
	private @Nullable Slice fitting(Deque<Slice> slices, int rows) {
		Slice slice = slices.peek();
		if (slice != null && slice.rows() > rows && slice.divisible()) {
			List<Slice> pieces = pieces(slice, rows);
			slices.remove();
			pushAll(slices, pieces);
		}
		return slices.poll();
	}

	/** Several at a time, because small ones would be gone before the next are cut. */
	private List<Slice> pieces(Slice slice, int rows) {
		int most = Math.max(1, Math.min(MOST_CUT, CUT_AHEAD / rows));
		List<Slice> pieces = new ArrayList<>();
		Watermark first = slice.first();
		for (Cut cut : this.transaction.cut(this.step, slice, rows, most)) {
			Watermark next = cut.next();
			if (next != null) {
				pieces.add(new Slice(first, cut.end(), rows));
				first = next;
			}
		}
		boolean counted = pieces.size() < most || first.equals(slice.last());
		pieces.add(new Slice(first, slice.last(), counted ? rows : Slice.UNKNOWN));
		return pieces;
	}

	/** Puts slices before all others, in order. */
	public static void pushAll(Deque<Slice> slices, List<Slice> pieces) {
		for (int i = pieces.size() - 1; i >= 0; i--) {
			slices.push(pieces.get(i));
		}
	}

	/** Takes a slice back until all others have been handed out. */
	public synchronized void postpone(Slice slice) {
		this.postponed.add(slice);
	}

	/** Whether slices wait for somebody who is in the way. */
	public synchronized boolean hasPostponed() {
		return !this.postponed.isEmpty();
	}

	/**
	 * Cuts a slice in two of about the same size, in order. One that holds a single row
	 * is answered as that row; none if it holds no row any more.
	 */
	public List<Slice> halve(Slice slice) {
		Optional<Cut> only = cut(slice, 1);
		List<Slice> halves = only.map((cut) -> List.of(new Slice(cut.end(), cut.end(), 1))).orElse(List.of());
		int rows = 1;
		for (Optional<Cut> cut = only; cut.map(Cut::next).isPresent(); cut = cut(slice, rows)) {
			Watermark first = (rows == 1) ? cut.get().end() : slice.first();
			halves = List.of(new Slice(first, cut.get().end(), rows),
					new Slice(Objects.requireNonNull(cut.get().next()), slice.last(), rows));
			rows *= 2;
		}
		return halves;
	}

	private Optional<Cut> cut(Slice slice, int rows) {
		return this.transaction.cut(this.step, slice, rows, 1).stream().findFirst();
	}

}
