package com.delula.retention.policy.edit;

import java.util.List;

import com.delula.retention.option.RawOptions;

/**
 * A policy as a caller gave it.
 *
 * @param fields everything but the match, by name
 * @param match the values to match, by the name of the option
 * @param withoutValue the options of columns that must have no value
 */
public record PolicyInput(RawOptions fields, RawOptions match, List<String> withoutValue) {

	public PolicyInput {
		withoutValue = List.copyOf(withoutValue);
	}

}
