package com.delula.retention.installation;

import java.util.List;

/**
 * A table of the platform that the service relies on.
 *
 * @param name its name
 * @param columns the columns that must exist
 * @param privileges what the service's role must be allowed, such as {@code DELETE}
 */
public record RequiredTable(String name, List<String> columns, List<String> privileges) {

	public RequiredTable {
		columns = List.copyOf(columns);
		privileges = List.copyOf(privileges);
	}

}
