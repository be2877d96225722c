package com.delula.retention.dashboard;

/**
 * What a feature adds to the card of a rule's tables. Beans of this type are collected.
 */
public interface RulePanel {

	/** The rule whose card it is on. */
	String rule();

	/** The template that shows it; its content is there as {@code panel}. */
	String view();

	/** What there is to show at this moment. */
	Object content();

}
