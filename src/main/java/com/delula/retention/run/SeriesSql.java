package com.delula.retention.run;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How a step removes a slice, as statements without parameters that the server can carry
 * out again and again. The ends of the slice are called {@code slice_first_time},
 * {@code slice_first_key0}, {@code slice_last_time} and so on.
 *
 * @param timeType the type of a row's time
 * @param keyTypes the types of the key's columns
 * @param first a query that is done before each removal; null for nothing
 * @param removal removes the slice's due rows; answers where they are counted their
 * groups, how many rows went, and their reasons, as three arrays
 * @param grouped whether they are counted by group or reason
 * @param held counts the due rows that others refer to; null where no row can be
 */
public record SeriesSql(String timeType, List<String> keyTypes, @Nullable String first, String removal, boolean grouped,
		@Nullable String held) {

	public SeriesSql {
		keyTypes = List.copyOf(keyTypes);
	}

}
