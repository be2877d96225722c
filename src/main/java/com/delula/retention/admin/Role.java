package com.delula.retention.admin;

/** What a caller may do; each may do what the ones before it may. */
public enum Role {

	/** Looks. */
	VIEWER,

	/** Runs rules, and cancels runs. */
	OPERATOR,

	/** Also runs emergencies. */
	ADMIN

}
