package com.delula.retention.rule;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * An exception to a rule: rows that match it have an age, a number of newest rows or a
 * hold of their own. What it does not set, it takes from the rule.
 *
 * @param id its name among the rule's policies
 * @param match the columns that a row must match and their values as text; null stands
 * for a row without a value
 * @param maxAgeHours rows strictly older are due; 0 for any age, null for the rule's own
 * @param keepNewest how many of the newest rows of each group stay; 0 keeps none, null
 * for the rule's own
 * @param hold whether every matching row stays, whatever else is asked
 * @param note why it is there; null if nobody said
 */
public record Policy(String id, Map<String, @Nullable String> match, @Nullable Integer maxAgeHours,
		@Nullable Integer keepNewest, boolean hold, @Nullable String note) {

	public Policy {
		if (match.isEmpty()) {
			throw new IllegalArgumentException("The policy " + id + " matches no column");
		}
		if (maxAgeHours == null && keepNewest == null && !hold) {
			throw new IllegalArgumentException("The policy " + id + " changes nothing");
		}
		match = Collections.unmodifiableMap(new LinkedHashMap<>(match));
	}

	/**
	 * Whether it can match a row with some values.
	 * @param values the values that are known, by column; null stands for none
	 */
	public boolean canMatch(Map<String, @Nullable String> values) {
		return this.match.entrySet()
			.stream()
			.allMatch((wanted) -> !values.containsKey(wanted.getKey())
					|| Objects.equals(values.get(wanted.getKey()), wanted.getValue()));
	}

	/**
	 * The order in which policies are tried on a row: the one that matches most columns
	 * first; at a tie the one that names the column listed first.
	 * @param columns the columns that the rule lists, in its order
	 */
	public static Comparator<Policy> precedence(List<String> columns) {
		return Comparator.<Policy>comparingInt((policy) -> -policy.match.size())
			.thenComparing((policy) -> policy.places(columns), Policy::compare)
			.thenComparing(Policy::id);
	}

	private List<Integer> places(List<String> columns) {
		return this.match.keySet()
			.stream()
			.map(columns::indexOf)
			.map((place) -> (place < 0) ? columns.size() : place)
			.sorted()
			.toList();
	}

	private static int compare(List<Integer> some, List<Integer> others) {
		for (int i = 0; i < some.size(); i++) {
			if (!Objects.equals(some.get(i), others.get(i))) {
				return some.get(i) - others.get(i);
			}
		}
		return 0;
	}

}
