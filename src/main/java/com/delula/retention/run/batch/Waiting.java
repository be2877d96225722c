package com.delula.retention.run.batch;

/** What a batch does about rows that somebody else holds. */
public enum Waiting {

	/** Waits for them. */
	PATIENT,

	/** Waits for a moment only, because somebody is known to be in the way. */
	HURRIED,

	/** Removes the others. */
	SKIPPING,

	/** Removes the others, and counts those that are held as left to the next run. */
	LEAVING;

	boolean isHurried() {
		return this != PATIENT;
	}

	boolean isSkipping() {
		return this == SKIPPING || this == LEAVING;
	}

}
