package com.delula.retention.dashboard;

import com.delula.retention.rule.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * A value that a field can have.
 *
 * @param value the value; null stands for rows without one
 * @param name what people call it; null where nobody knows
 * @param rows how many rows have it
 */
record Choice(@Nullable String value, @Nullable String name, long rows) {

	/** The value with its name, such as "Ada (16)". */
	public String text() {
		if (this.value == null) {
			return (this.name != null) ? this.name : "none";
		}
		return (this.name != null) ? this.name + " (" + this.value + ")" : this.value;
	}

	/** What stands in a list. */
	public String label() {
		return text() + ": " + Quantity.of(this.rows, "row");
	}

}
