package com.delula.retention.installation;

import java.util.List;

/**
 * An index without which a rule is right but slow.
 *
 * @param name its name
 * @param table the table as its rule names it
 * @param sqlTable the same as SQL writes it
 * @param definition what follows the table's name in {@code CREATE INDEX}
 * @param servedBy leading columns of any other whole index that serves as well; empty if
 * only this index will do
 */
public record RequiredIndex(String name, String table, String sqlTable, String definition, List<String> servedBy) {

	public RequiredIndex {
		servedBy = List.copyOf(servedBy);
	}

	/** The name with the schema of the table, where that is needed to find it. */
	public String qualifiedName() {
		return inSchemaOf(this.sqlTable, this.name);
	}

	/** An index's name, in the schema of its table, as SQL writes both. */
	static String inSchemaOf(String sqlTable, String index) {
		int dot = sqlTable.endsWith("\"") ? sqlTable.lastIndexOf(".\"") : sqlTable.lastIndexOf('.');
		return sqlTable.substring(0, dot + 1) + index;
	}

	/** The statement that a database administrator can run. */
	public String statement() {
		return "CREATE INDEX CONCURRENTLY " + this.name + " ON " + this.sqlTable + " " + this.definition;
	}

}
