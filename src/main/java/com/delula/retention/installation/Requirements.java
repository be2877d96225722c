package com.delula.retention.installation;

import java.util.List;

/** What one feature needs of the database. Beans of this type are collected. */
public interface Requirements {

	/** Tables without which the service does not start. */
	List<RequiredTable> tables();

	/**
	 * Indexes that are built at the start where they are missing, by what the tables look
	 * like now.
	 */
	default List<RequiredIndex> indexes(Catalog catalog) {
		return List.of();
	}

	/**
	 * Looks for what is wrong besides, once the migrations are through and before the
	 * tables are compared.
	 * @throws InstallationException or another exception whose message is the one line
	 * for the operator
	 */
	default void check(Catalog catalog) {
	}

}
