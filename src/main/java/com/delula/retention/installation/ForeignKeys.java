package com.delula.retention.installation;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads which tables refer to which. */
public class ForeignKeys {

	/** The condition where no foreign key points at a table. */
	private static final String NOT_REFERENCED = "false";

	private final JdbcClient jdbc;

	ForeignKeys(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** The foreign keys of one column by which a table refers to another. */
	public List<ForeignKey> between(String child, String parent) {
		return this.jdbc.sql(ForeignKeySql.BETWEEN)
			.param("child", child)
			.param("parent", parent)
			.query(ForeignKey.class)
			.list();
	}

	/**
	 * A condition that holds for a row that another table's foreign key protects, or with
	 * which rows of the rule's own tables would go.
	 * @param table the table whose rows are to be deleted
	 * @param alias its alias in the statement
	 * @param except tables whose references the rule looks after itself
	 * @param tied the rule's other tables
	 */
	public String isReferenced(String table, String alias, List<String> except, List<String> tied) {
		List<String> references = this.jdbc.sql(ForeignKeySql.REFERENCES)
			.param("table", table)
			.param("alias", alias)
			.param("except", except.toArray(String[]::new))
			.param("tied", tied.toArray(String[]::new))
			.query(String.class)
			.list();
		return references.isEmpty() ? NOT_REFERENCED : "(" + String.join(" OR ", references) + ")";
	}

	/**
	 * Those of the tables, or itself, that lose rows with it unseen by single columns.
	 */
	public List<String> followers(String table, List<String> tied) {
		return this.jdbc.sql(ForeignKeySql.FOLLOWERS)
			.param("table", table)
			.param("tied", tied.toArray(String[]::new))
			.query(String.class)
			.list();
	}

	/**
	 * Tables that refer to another and keep its rows, which the current role may not
	 * read: only the database knows which rows they protect.
	 */
	public List<String> unreadable(String table) {
		return this.jdbc.sql(ForeignKeySql.UNREADABLE).param("table", table).query(String.class).list();
	}

}
