package com.delula.retention.rule;

/** Two rules have one name; the message is the one line for the operator. */
public final class DuplicateRuleException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	DuplicateRuleException(String name) {
		super("Two rules are named " + name + ": give retention.rules." + name + " another name");
	}

}
