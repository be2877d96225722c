package com.delula.retention.run;

import java.util.EnumSet;
import java.util.Set;

import com.delula.retention.rule.Rule;

/** How far a run goes. */
public enum Mode implements Labelled {

	/** Removes what is due by age and rank, at the configured duty cycle. */
	REGULAR,

	/** Removes everything that the task's emergency rule names, at full speed. */
	EMERGENCY,

	/** Puts back what a run removed, as long as its rule's undo window lasts. */
	RESTORE;

	/** The modes in which a rule removes rows. */
	public static Set<Mode> of(Rule rule) {
		return rule.emergency() ? EnumSet.of(REGULAR, EMERGENCY) : EnumSet.of(REGULAR);
	}

}
