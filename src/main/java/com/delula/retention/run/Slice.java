package com.delula.retention.run;

/**
 * A stretch of a table's order of removal, both ends included.
 *
 * @param first where it begins
 * @param last where it ends
 * @param rows how many rows it holds, more or less
 */
public record Slice(Watermark first, Watermark last, int rows) {

	/** Larger than any batch: it is counted off before it is removed. */
	static final int UNKNOWN = Integer.MAX_VALUE;

	boolean divisible() {
		return !this.first.equals(this.last);
	}

	/** From the beginning of this slice to the end of a later one. */
	Slice through(Slice later) {
		return new Slice(this.first, later.last, this.rows + later.rows);
	}

}
