package com.delula.retention.run;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The rows of a rule as a run of one scope would find them. Each method reads in the
 * transaction of its caller, who sees to its snapshot and its timeout.
 */
public interface TaskRows {

	/**
	 * The columns that are told of each row: that of its group, and those that narrow the
	 * rule.
	 */
	List<String> columns();

	/**
	 * Hands out rows that can go, table by table, in the order of removal.
	 * @param most at most so many of each table
	 */
	void eachDue(int most, Consumer<DueRow> each);

	/**
	 * Counts the rows that can go by the values of a column, most first; null stands for
	 * rows without one.
	 * @param most at most so many values
	 */
	Map<@Nullable String, Long> dueBy(String column, int most);

	/**
	 * Looks at one group of a rule that has groups.
	 * @param key its key; null for the rows without one
	 * @param by a column by which its rows are counted; null for none
	 * @param listed how many of the newest and of the oldest rows are listed
	 * @throws InvalidKeyException if that is no key of a group
	 */
	GroupRows group(@Nullable String key, @Nullable String by, int listed);

}
