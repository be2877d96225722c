package com.delula.retention.request;

import com.delula.retention.option.OptionException;
import com.delula.retention.option.OptionType;

/** A rule's own look at the values of its options. Beans of this type are collected. */
public interface ValueCheck {

	/** The rule whose options it looks at. */
	String rule();

	/**
	 * What an option may be.
	 * @param column the column that the option narrows by
	 * @param columnType the column's type as SQL writes it
	 */
	default OptionType<String> type(String column, String columnType) {
		return OptionType.value(columnType, "a value of " + column);
	}

	/**
	 * Looks at a value.
	 * @param column the column that the option narrows by
	 * @throws OptionException if nothing is known of the value; zero rows would look as
	 * if all were well
	 */
	void check(String column, String value);

}
