package com.delula.retention.statement;

import org.jspecify.annotations.Nullable;

/**
 * What the policies in force say of a row, as SQL on the alias t that is the same for all
 * tables of a rule. Each row has the number of its policy, 0 under none.
 *
 * @param number the number of a row's policy; null without policies
 * @param limit the time, as text, before which a row is due; {@code infinity} for any
 * time or none; null where all rows have the rule's own age
 * @param youngest the latest of these times
 * @param held whether a row is held; null where none is
 * @param keepsNone whether none of the newest stay under a row's policy
 * @param keep how many of the newest stay under the policy {@code s.policy}
 */
record PolicySql(@Nullable String number, @Nullable String limit, String youngest, @Nullable String held,
		String keepsNone, String keep) {

	/** No policies. */
	static final PolicySql NONE = new PolicySql(null, null, PolicySql.ANY_TIME, null, PolicySql.NO, ":keep");

	/** Looked up when a function inside the database is called. */
	static final PolicySql LATER = new PolicySql(":policyNumber", ":policyLimit", ":policyYoungest", ":policyHeld",
			":policyKeepsNone", ":policyKeep");

	static final String ANY_TIME = "'infinity'";

	static final String NO = "false";

	/** What a run has written down for all policies that keep none of the newest. */
	private static final String NONE_KEPT = "'none'";

	/** The same as if no row were held. */
	PolicySql withoutHolds() {
		return new PolicySql(this.number, this.limit, this.youngest, null, this.keepsNone, this.keep);
	}

	/**
	 * The conditions that age and holds make, each behind an AND. The youngest time
	 * bounds what is read of an index.
	 * @param aged whether the rule's own age matters
	 */
	String conditions(TableShape shape, boolean aged) {
		return age(shape, aged) + ((this.held != null) ? "\n\tAND (" + this.held + ") IS NOT TRUE" : "");
	}

	private String age(TableShape shape, boolean aged) {
		if (this.limit == null) {
			return aged ? "\n\tAND " + shape.time() + " < :before" : "";
		}
		String time = "CAST(" + this.limit + " AS " + shape.timeType() + ")";
		return "\n\tAND " + shape.time() + " <= " + this.youngest + " AND (" + shape.time() + " < " + time + " OR "
				+ time + " = " + ANY_TIME + ")";
	}

	/**
	 * The time before which rows with a time may be due.
	 * @param aged whether the rule's own age matters
	 */
	String youngest(boolean aged) {
		if (this.limit == null) {
			return aged ? ":before" : ANY_TIME;
		}
		return this.youngest;
	}

	/**
	 * Whether rows without a time may be due.
	 * @param aged whether the rule's own age matters
	 */
	boolean untimed(boolean aged) {
		return youngest(aged).equals(ANY_TIME);
	}

	/**
	 * The condition that a row is not among the newest, behind an AND.
	 * @param behind that it sorts behind the oldest that stays
	 */
	String ranked(String behind) {
		return "\n\tAND " + (this.keepsNone.equals(NO) ? behind : "(" + this.keepsNone + " OR " + behind + ")");
	}

	/**
	 * The name under which a row finds what stays of its group.
	 * @param group the name of its group
	 */
	String keptBy(String group) {
		if (this.number == null) {
			return group;
		}
		String own = "CAST(" + this.number + " AS text) || " + group;
		return this.keepsNone.equals(NO) ? own
				: "CASE WHEN " + this.keepsNone + " THEN " + NONE_KEPT + " ELSE " + own + " END";
	}

	/**
	 * What a ranked row is told apart by behind its group, with a comma before it. The
	 * group comes first, as in the index, so that rows are sorted group by group.
	 */
	String rankedBy() {
		return (this.number != null) ? ", " + this.number : "";
	}

	/** The number of a ranked row's policy as a column, with a comma behind it. */
	String rankedColumn() {
		return (this.number != null) ? this.number + " AS policy, " : "";
	}

	/** Begins the name of what a ranked row keeps. */
	String rankedName() {
		return (this.number != null) ? "CAST(s.policy AS text) || " : "";
	}

	/**
	 * A row that lets those find something whose policy keeps none.
	 * @param columns the columns of what is kept, behind its name, without values
	 */
	String keptByNone(String columns) {
		return this.keepsNone.equals(NO) ? "" : "\n\tUNION ALL SELECT " + NONE_KEPT + ", " + columns;
	}

}
