package com.delula.retention.dashboard;

/** The scale of the bars that templates draw: their {@code viewBox} is as wide. */
final class Bars {

	/** Units that a whole bar, or a chart of bars, is wide. */
	static final double WIDTH = 1000;

	private Bars() {
	}

	/** How wide the bar of some rows is, where that of the most rows is a whole one. */
	static double width(long rows, long most) {
		return rows * WIDTH / Math.max(1, most);
	}

}
