package com.delula.retention.run;

import java.util.List;

/**
 * Places along a walk, found by a look at a sample of the table's pages: slices end at
 * them, where counting rows off to find each end would cost a quarter of their removal.
 *
 * @param places in the order of the walk
 * @param rowsBetween rows from one to the next, on average
 */
record Waypoints(List<Watermark> places, int rowsBetween) {

	/** A walk whose slices are counted off. */
	static final Waypoints NONE = new Waypoints(List.of(), 1);

}
