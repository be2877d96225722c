package com.delula.retention.request;

import com.delula.retention.option.OptionException;

/** A rule's own look at the values of its options. Beans of this type are collected. */
public interface ValueCheck {

	/** The rule whose options it looks at. */
	String rule();

	/**
	 * Looks at a value.
	 * @param column the column that the option narrows by
	 * @throws OptionException if nothing is known of the value; zero rows would look as
	 * if all were well
	 */
	void check(String column, String value);

}
