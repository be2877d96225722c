package com.delula.retention.dashboard;

import org.jspecify.annotations.Nullable;

/**
 * A field of a form.
 *
 * @param name the option that it gives
 * @param column the column that the option narrows a run by; null if it is the age
 */
record Field(String name, @Nullable String column) {

	/** Whether it gives the age of one run. */
	public boolean isAge() {
		return this.column == null;
	}

}
