package com.delula.retention.dashboard;

/** What an address names is not there. */
final class NoSuchPageException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String detail;

	private NoSuchPageException(String message, String detail) {
		super(message);
		this.detail = detail;
	}

	/** Why, or what to do. */
	String detail() {
		return this.detail;
	}

	static NoSuchPageException run() {
		return new NoSuchPageException("No such run", "This run may have expired from the history.");
	}

	static NoSuchPageException rule() {
		return new NoSuchPageException("No such rule", "No rule has this name. Go back to the overview.");
	}

	static NoSuchPageException group() {
		return new NoSuchPageException("No such group",
				"The rule has no groups, or this cannot be the key of one. Go back to the rule.");
	}

	static NoSuchPageException policies() {
		return new NoSuchPageException("No such policies",
				"There is no such rule, or it has no columns that a policy could match.");
	}

	static NoSuchPageException apiDocs() {
		return new NoSuchPageException("No API documentation",
				"springdoc.api-docs.enabled is false. Set it to true to see the documentation.");
	}

	static NoSuchPageException action() {
		return new NoSuchPageException("No such action", "No rule offers it. Go back to the overview.");
	}

}
