package com.delula.retention.rule;

import org.jspecify.annotations.Nullable;

/**
 * How many of the newest rows stay, whatever their age.
 *
 * @param newest rows that stay in each group; 0 keeps none
 * @param per the column whose values form the groups; all rows are one group if null
 */
public record Keep(int newest, @Nullable String per) {

	public Keep {
		if (newest < 0) {
			throw new IllegalArgumentException("Cannot keep " + newest + " rows");
		}
	}

}
