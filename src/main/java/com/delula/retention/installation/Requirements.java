package com.delula.retention.installation;

import java.util.List;

/** What one feature needs of the database. Beans of this type are collected. */
public interface Requirements {

	/** Tables without which the service does not start. */
	List<RequiredTable> tables();

	/** Indexes that are built at the start where they are missing. */
	default List<RequiredIndex> indexes() {
		return List.of();
	}

}
