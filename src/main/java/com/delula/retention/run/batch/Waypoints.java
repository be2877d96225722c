package com.delula.retention.run.batch;

import java.util.List;

import com.delula.retention.run.Watermark;

/**
 * Places along a walk, one from each page of a sample of the table's pages: slices end at
 * them, where counting rows off to find each end would cost a quarter of their removal.
 *
 * @param places in the order of the walk
 * @param rowsBetween rows from one to the next, on average
 */
public record Waypoints(List<Watermark> places, int rowsBetween) {

	/**
	 * Waypoints that make the length of a stretch known to a quarter: they lie as far
	 * from each other as chance has it.
	 */
	static final int ENOUGH = 16;

	/** How many rows the walk goes over, as far as the places tell. */
	long rows() {
		return this.places.isEmpty() ? Long.MAX_VALUE : (long) this.places.size() * this.rowsBetween;
	}

	/** A walk whose slices are counted off. */
	public static final Waypoints NONE = new Waypoints(List.of(), 1);

}
