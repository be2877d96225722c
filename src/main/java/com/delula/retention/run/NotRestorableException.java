package com.delula.retention.run;

import java.time.Instant;

import com.delula.retention.rule.Quantity;

/** What a run removed cannot be put back; the message says why. */
public final class NotRestorableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private NotRestorableException(String message) {
		super(message);
	}

	/** There is no such run any more. */
	public static NotRestorableException unknown() {
		return new NotRestorableException("The run is no longer in the history. Nothing was restored.");
	}

	/** Nobody knows any more how to put its rows back. */
	public static NotRestorableException withoutRule() {
		return new NotRestorableException(
				"The rule of this run is no longer configured. Configure it again, then restore. Nothing was restored.");
	}

	/** It is not among the runs that can be restored at this moment. */
	public static NotRestorableException notNow() {
		return new NotRestorableException(
				"It has not ended, removed no rows that are still kept, or its undo window is over. Nothing was restored.");
	}

	/** The run has not ended. */
	public static NotRestorableException running() {
		return new NotRestorableException(
				"The run is still under way. Wait for it to end, or cancel it, then restore. Nothing was restored.");
	}

	/** The run is of a kind that removes nothing. */
	public static NotRestorableException neverRemoves(String what) {
		return new NotRestorableException(
				"The run is " + what + ". Only runs that removed rows can be restored. Nothing was restored.");
	}

	/** The run removed nothing. */
	public static NotRestorableException removedNothing() {
		return new NotRestorableException("The run removed no rows. There is nothing to restore.");
	}

	/** All that it removed is back. */
	public static NotRestorableException allRestored(long rows) {
		return new NotRestorableException(((rows == 1) ? "The 1 row" : "All " + Quantity.rows(rows))
				+ " that the run removed were restored already. There is nothing left to restore.");
	}

	/** Its rows should be kept, but somebody has deleted them. */
	public static NotRestorableException dropped() {
		return new NotRestorableException(
				"The rows of this run are no longer kept: retention_undo was emptied. Nothing was restored.");
	}

	/** Its rows were not kept. */
	public static NotRestorableException notKept(String setting) {
		return new NotRestorableException(
				"The rows of this run were not kept, because its rule had no undo window. Set " + setting
						+ " to keep what later runs remove. Nothing was restored.");
	}

	/** Its rows are no longer kept. */
	public static NotRestorableException expired(Instant until) {
		return new NotRestorableException("The undo window of this run ended at " + until
				+ "; its rows are gone for good. Nothing was restored.");
	}

}
