package com.delula.retention.statement;

import java.util.List;
import java.util.Map;

import com.delula.retention.rule.RuleTable;

/**
 * How one of a rule's tables looks in this database, at the start of a run.
 *
 * @param table what the rule says of it
 * @param name its name as SQL writes it
 * @param columns the columns that the rule names, by name: how SQL writes them and of
 * what type they are
 * @param key the columns that tell rows apart
 * @param times the columns of a row's time
 * @param time the SQL of a row's time, on the alias t
 * @param timeType the type of that
 * @param referenced the condition, on the alias t, under which a foreign key of a table
 * outside of the rule protects a row
 * @param children the columns of the rule's other tables that refer to this one
 * @param followers tables of the rule, as SQL writes them, whose rows go with rows of
 * this one by a foreign key of several columns or of its own
 * @param distributed whether the table is spread over a cluster
 * @param mayUpdate whether the role may lock rows of it
 */
record TableShape(RuleTable table, String name, Map<String, Column> columns, List<Column> key, List<Column> times,
		String time, String timeType, String referenced, List<Child> children, List<String> followers,
		boolean distributed, boolean mayUpdate) {

	/** Whether rows can be held by others at all. */
	boolean canBeHeld() {
		return !this.children.isEmpty() || !this.referenced.equals("false");
	}

	/**
	 * A column that the rule names.
	 * @throws IllegalStateException if the table has none of that name
	 */
	Column column(String column) {
		return named(column, this.columns);
	}

	/**
	 * A column by its name.
	 * @throws IllegalStateException if there is none of that name
	 */
	static Column named(String column, Map<String, Column> columns) {
		Column found = columns.get(column);
		if (found == null) {
			throw new IllegalStateException("There is no column " + column + " any more");
		}
		return found;
	}

	/**
	 * A column.
	 *
	 * @param sql its name as SQL writes it
	 * @param type its type as SQL writes it
	 * @param nullable whether it may be null
	 */
	record Column(String sql, String type, boolean nullable) {
	}

	/**
	 * A column of another table of the rule that refers to this table's key.
	 *
	 * @param shape the other table
	 * @param column the referring column
	 * @param key the column that it refers to
	 * @param bond what the database does about it
	 */
	record Child(TableShape shape, Column column, Column key, Bond bond) {
	}

	/** What the database does when a row is deleted to which others refer. */
	enum Bond {

		/** It refuses: a foreign key protects the row. */
		PROTECTED,

		/** It deletes or changes the referring rows as well. */
		FOLLOWING,

		/** Nothing: there is no foreign key. */
		NONE

	}

}
