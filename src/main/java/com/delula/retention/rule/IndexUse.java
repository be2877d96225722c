package com.delula.retention.rule;

/** What an index of a rule's table is for. */
public enum IndexUse {

	/** Finding rows in the order of removal. */
	TIME,

	/** Finding the newest rows of a group. */
	RANK

}
