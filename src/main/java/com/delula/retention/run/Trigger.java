package com.delula.retention.run;

/** The door through which a run was asked for. */
public enum Trigger implements Labelled {

	SCHEDULE, API, PAGE, CLI, DATABASE;

	/** Whether somebody waits for the run and sees what it removes. */
	public boolean watched() {
		return this != SCHEDULE && this != DATABASE;
	}

}
