package com.delula.retention.run.steering;

/**
 * How long a run has waited so far; its time limit stands still meanwhile.
 *
 * @param before nanoseconds of the waits that have ended
 * @param since when the present one began, by {@link System#nanoTime}
 * @param now whether there is a present one
 */
record Standing(long before, long since, boolean now) {

	static final Standing NONE = new Standing(0, 0, false);

	/** The same from a moment on at which the run begins to wait, or goes on. */
	Standing turned(boolean waits, long moment) {
		return (waits == this.now) ? this : new Standing(nanos(moment), moment, waits);
	}

	long nanos(long moment) {
		return this.before + (this.now ? moment - this.since : 0);
	}

}
