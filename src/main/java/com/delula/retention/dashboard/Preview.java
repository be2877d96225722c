package com.delula.retention.dashboard;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a run would remove at this moment.
 *
 * @param tables what it would remove from each table, in order
 * @param recipes the recipes that would lose most
 * @param moreRecipes recipes beyond those
 * @param oldest the time of the oldest row; null where there is none
 * @param asOf when it was counted
 */
record Preview(List<Table> tables, List<Recipe> recipes, long moreRecipes, @Nullable Instant oldest, Instant asOf) {

	/** All rows that would go. */
	public long due() {
		return this.tables.stream().mapToLong(Table::due).sum();
	}

	/** All rows that are due but stay, because others refer to them. */
	public long kept() {
		return this.tables.stream().mapToLong(Table::kept).sum();
	}

	/**
	 * A table's part.
	 *
	 * @param name the table
	 * @param considered rows that the rule looks at
	 * @param due rows that would go
	 * @param kept rows that stay because others refer to them
	 */
	record Table(String name, long considered, long due, long kept) {

	}

	/**
	 * A recipe's part.
	 *
	 * @param name what it is called
	 * @param failures its failures
	 * @param due those of them that would go
	 */
	record Recipe(String name, long failures, long due) {

	}

}
