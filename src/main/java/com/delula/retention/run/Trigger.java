package com.delula.retention.run;

import java.util.Locale;

/** The door through which a run was asked for. */
public enum Trigger {

	SCHEDULE, API, PAGE, CLI, DATABASE;

	/** Whether somebody waits for the run and sees what it removes. */
	public boolean watched() {
		return this != SCHEDULE && this != DATABASE;
	}

	/** The name used in JSON and in the history. */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
