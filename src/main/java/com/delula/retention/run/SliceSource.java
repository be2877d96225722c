package com.delula.retention.run;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Hands a step's slices to its workers, each once and in the order of removal: the
 * watermark that only moves forward.
 */
final class SliceSource {

	private final BatchTransaction transaction;

	private final RetentionStep step;

	private final Watermark last;

	private @Nullable Watermark next;

	SliceSource(BatchTransaction transaction, RetentionStep step, Stock.Span span) {
		this.transaction = transaction;
		this.step = step;
		this.next = span.first();
		this.last = span.last();
	}

	/** The next slice; null when all are handed out. */
	synchronized @Nullable Slice next(int rows) {
		Watermark first = this.next;
		if (first == null) {
			return null;
		}
		List<Watermark> boundary = this.transaction.boundary(this.step, first, this.last, rows);
		this.next = (boundary.size() == 2) ? boundary.get(1) : null;
		return new Slice(first, boundary.isEmpty() ? this.last : boundary.get(0), rows);
	}

	/** Cuts a slice in two or more, in order. */
	List<Slice> divide(Slice slice, int rows) {
		List<Watermark> boundary = this.transaction.boundary(this.step, slice.first(), slice.last(), rows);
		if (boundary.size() < 2) {
			return List.of(new Slice(slice.first(), slice.last(), Math.min(rows, slice.rows() - 1)));
		}
		return List.of(new Slice(slice.first(), boundary.get(0), rows),
				new Slice(boundary.get(1), slice.last(), slice.rows() - rows));
	}

}
