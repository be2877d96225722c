package com.delula.retention.dashboard;

import java.util.List;

/**
 * The values that a field offers.
 *
 * @param all the values, those of rows without one included
 */
record ChoiceList(List<Choice> all) {

	/** The values that can be chosen. */
	public List<Choice> listed() {
		return this.all.stream().filter((choice) -> choice.value() != null).toList();
	}

	/** Whether a value is among them. */
	public boolean has(String value) {
		return this.all.stream().anyMatch((choice) -> value.equals(choice.value()));
	}

	/** How many rows have no value. */
	public long without() {
		return this.all.stream().filter((choice) -> choice.value() == null).mapToLong(Choice::rows).sum();
	}

}
