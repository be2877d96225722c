package com.delula.retention.policy.edit;

import com.delula.retention.rule.Rule;

/** A policy that cannot be saved or is not there; nothing was changed. */
public final class PolicyException extends RuntimeException {

	/** What a door adds. */
	public static final String NOTHING_CHANGED = " Nothing was changed.";

	private static final long serialVersionUID = 1L;

	private final Kind kind;

	private PolicyException(Kind kind, String message) {
		super(message);
		this.kind = kind;
	}

	/** What is wrong. */
	public Kind kind() {
		return this.kind;
	}

	static PolicyException invalid(String message) {
		return new PolicyException(Kind.INVALID, message);
	}

	static PolicyException withoutColumns(Rule rule) {
		return invalid("The rule " + rule.name()
				+ " has no columns that a policy could match (narrow-by), so it has no policies.");
	}

	static PolicyException missing(Rule rule, String id) {
		return new PolicyException(Kind.MISSING, "The rule " + rule.name() + " has no policy '" + id + "'.");
	}

	static PolicyException sameMatch(String other) {
		return new PolicyException(Kind.CONFLICT,
				"The policy '" + other + "' matches the same rows. Change that one, or delete it first.");
	}

	static PolicyException tooMany(Rule rule, int most) {
		return new PolicyException(Kind.CONFLICT,
				"The rule " + rule.name() + " already has " + most + " policies, the most there can be.");
	}

	/** What can be wrong. */
	public enum Kind {

		/** What was given makes no policy. */
		INVALID,

		/** There is no such policy. */
		MISSING,

		/** It contradicts another one. */
		CONFLICT

	}

}
