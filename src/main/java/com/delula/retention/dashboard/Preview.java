package com.delula.retention.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.delula.retention.rule.Policy;
import org.jspecify.annotations.Nullable;

/**
 * What a run would remove at this moment.
 *
 * @param tables what it would remove from each table, in order
 * @param groupNoun what a group is; empty where the rule has none
 * @param groups the groups that would lose most
 * @param moreGroups groups beyond those
 * @param oldest the time of the oldest row; null where there is none
 * @param asOf when it was counted
 * @param takes how long a run takes, at the pace of the last; null before there is one
 * @param running the rule's run in progress, beside which no other starts; null if there
 * is none
 * @param narrowed whether options narrow it, which candidates do not follow
 * @param holds policies that keep the rows that they match
 * @param exceptions the other policies that its rows may fall under
 * @param absent the values that narrow it and that no row has, in words
 */
record Preview(List<Table> tables, String groupNoun, List<Group> groups, long moreGroups, @Nullable Instant oldest,
		Instant asOf, @Nullable Duration takes, @Nullable RunView running, boolean narrowed, List<Policy> holds,
		List<Policy> exceptions, List<String> absent) {

	/** All rows that would be removed. */
	public long due() {
		return this.tables.stream().mapToLong(Table::due).sum();
	}

	/** Whether a run could remove something now. */
	public boolean startable() {
		return due() > 0 && this.running == null;
	}

	/**
	 * A table's part.
	 *
	 * @param name the table
	 * @param candidates rows that meet the rule's conditions
	 * @param due rows that would be removed
	 * @param kept rows that stay because others refer to them
	 */
	record Table(String name, long candidates, long due, long kept) {

	}

	/**
	 * A group's part.
	 *
	 * @param key its key; null for the rows without one
	 * @param name what it is called
	 * @param candidates its rows that meet the rule's conditions
	 * @param due those of them that would be removed
	 */
	record Group(@Nullable String key, String name, long candidates, long due) {

	}

}
