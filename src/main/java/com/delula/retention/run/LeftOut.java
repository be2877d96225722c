package com.delula.retention.run;

/**
 * A row that a restore did not put back; it stays in the undo window.
 *
 * @param table its table
 * @param key its key; several columns are separated by commas
 * @param reason {@link #KEY_TAKEN}, {@link #PARENT_MISSING} or {@link #DOES_NOT_FIT}
 */
public record LeftOut(String table, String key, String reason) {

	/** Another row has its key or a value that has to be unique. */
	public static final String KEY_TAKEN = "key-taken";

	/** A row that it refers to is gone. */
	public static final String PARENT_MISSING = "parent-missing";

	/** The table, as it is now, refuses it. */
	public static final String DOES_NOT_FIT = "does-not-fit";

	/** The most that are listed of a run. */
	public static final int LISTED = 100;

}
