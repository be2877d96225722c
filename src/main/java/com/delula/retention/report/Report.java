package com.delula.retention.report;

import java.time.LocalDate;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What arrived and what went in a period, with the API's field names.
 *
 * @param success always true
 * @param rule the rule's name
 * @param days each day of the period, UTC, the oldest first
 * @param groups the groups that fail most, most first; empty where the rule has none
 * @param reasons the values of the rule's other narrowing column that fail most, most
 * first; empty where it has none
 */
public record Report(boolean success, String rule, List<Day> days, List<Group> groups, List<Reason> reasons) {

	/**
	 * A day.
	 *
	 * @param day the day, UTC
	 * @param arrived rows whose time is of that day and that the rule covers or covered
	 * @param removed rows that the runs removed that started on that day, less those that
	 * were put back since
	 * @param runs these runs, without dry runs and restores
	 * @param succeeded those of them that succeeded
	 * @param share removed by arrived; above 1 where more went than came, null where
	 * nothing came
	 */
	public record Day(LocalDate day, long arrived, long removed, long runs, long succeeded, @Nullable Double share) {

	}

	/**
	 * A group of rows, such as a recipe.
	 *
	 * @param group its key; null for rows without one
	 * @param name what people call it; null where nobody knows
	 * @param failed rows of the period that are still there, and those removed in it
	 * @param removed rows removed in the period and not put back
	 */
	public record Group(@Nullable String group, @Nullable String name, long failed, long removed) {

	}

	/**
	 * A reason.
	 *
	 * @param reason the value; null for rows without one
	 * @param failed rows of the period that are still there, and those removed in it
	 * @param removed rows removed in the period; null where runs do not count by reason
	 */
	public record Reason(@Nullable String reason, long failed, @Nullable Long removed) {

	}

}
