package com.delula.retention.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Hands a step's slices to its workers, each once and in the order of removal: the
 * watermark that only moves forward. Slices in which somebody is in the way come last, so
 * that one row that is held keeps no other from being removed.
 */
final class SliceSource {

	/**
	 * No smaller slices are handed out in order to have all workers end together: a batch
	 * of that size is over in some milliseconds.
	 */
	private static final int SMALL = 2_000;

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

	SliceSource(BatchTransaction transaction, RetentionStep step, Stock.Span span, long rows, Waypoints waypoints,
			int workers) {
		this.transaction = transaction;
		this.step = step;
		this.waypoints = waypoints;
		this.workers = workers;
		this.next = span.first();
		this.last = span.last();
		this.ahead = rows;
	}

	/**
	 * The next slice of about that many rows, fewer towards the end; null when none is
	 * left to be handed out.
	 */
	synchronized @Nullable Slice next(int rows) {
		long share = Math.max(SMALL, this.ahead / (2L * this.workers));
		int wanted = (int) Math.min(rows, share);
		Slice slice = fitting(this.pending, wanted);
		if (slice == null && this.next != null) {
			this.pending.add(stretch(this.next, wanted));
			slice = fitting(this.pending, wanted);
		}
		if (slice == null) {
			return fitting(this.postponed, rows);
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
		List<Watermark> boundary = this.transaction.boundary(this.step, waypoint, this.last, 1);
		this.passed += steps;
		this.next = (boundary.size() == 2) ? boundary.get(1) : null;
		return new Slice(first, boundary.isEmpty() ? this.last : boundary.get(0), steps * this.waypoints.rowsBetween());
	}

	/** The first slice; where it is larger, its beginning, counted off. */
	private @Nullable Slice fitting(Deque<Slice> slices, int rows) {
		Slice slice = slices.peek();
		if (slice == null || slice.rows() <= rows || !slice.divisible()) {
			return slices.poll();
		}
		List<Watermark> boundary = boundary(slice, rows);
		slices.remove();
		if (boundary.size() < 2) {
			return new Slice(slice.first(), slice.last(), rows);
		}
		slices.push(new Slice(boundary.get(1), slice.last(), Slice.UNKNOWN));
		return new Slice(slice.first(), boundary.get(0), rows);
	}

	/** Takes a slice back until all others have been handed out. */
	synchronized void postpone(Slice slice) {
		this.postponed.add(slice);
	}

	/**
	 * Cuts a slice in two of about the same size, in order. One that holds a single row
	 * is answered as that row; none if it holds no row any more.
	 */
	List<Slice> halve(Slice slice) {
		List<Watermark> cut = boundary(slice, 1);
		if (cut.size() < 2) {
			return cut.stream().map((only) -> new Slice(only, only, 1)).toList();
		}
		int rows = 1;
		List<Watermark> further = boundary(slice, 2 * rows);
		while (further.size() == 2) {
			cut = further;
			rows *= 2;
			further = boundary(slice, 2 * rows);
		}
		Watermark first = (rows == 1) ? cut.get(0) : slice.first();
		return List.of(new Slice(first, cut.get(0), rows), new Slice(cut.get(1), slice.last(), rows));
	}

	private List<Watermark> boundary(Slice slice, int rows) {
		return this.transaction.boundary(this.step, slice.first(), slice.last(), rows);
	}

}
