package com.delula.retention.run;

import java.util.Locale;

/** How far a run goes. */
public enum Mode {

	/** Removes what is due by age and rank, at the configured duty cycle. */
	REGULAR,

	/** Removes everything that the task's emergency rule names, at full speed. */
	EMERGENCY;

	/** The name used in JSON, in the history and in metrics. */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
