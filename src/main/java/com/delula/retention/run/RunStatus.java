package com.delula.retention.run;

/** Where a run stands; every status but {@link #RUNNING} is final. */
public enum RunStatus implements Labelled {

	RUNNING, SUCCEEDED, FAILED, CANCELLED,

	/** Its instance was stopped, died or lost its lock. */
	INTERRUPTED,

	/** Reached {@code retention.run.max-duration}; the next run goes on from there. */
	TIMED_OUT,

	/** More rows were due than it may remove. */
	REFUSED;

}
