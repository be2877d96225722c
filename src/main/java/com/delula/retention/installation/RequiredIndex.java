package com.delula.retention.installation;

import java.util.List;

/**
 * An index without which a rule is right but slow.
 *
 * @param name its name
 * @param table the table
 * @param definition what follows the table's name in {@code CREATE INDEX}
 * @param servedBy leading columns of any other whole index that serves as well; empty if
 * only this index will do
 */
public record RequiredIndex(String name, String table, String definition, List<String> servedBy) {

	public RequiredIndex {
		servedBy = List.copyOf(servedBy);
	}

	/** The statement that a database administrator can run. */
	public String statement() {
		return "CREATE INDEX CONCURRENTLY " + this.name + " ON " + this.table + " " + this.definition;
	}

}
