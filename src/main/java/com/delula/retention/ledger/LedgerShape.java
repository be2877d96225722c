package com.delula.retention.ledger;

import java.util.List;
import java.util.Set;

import com.delula.retention.installation.Catalog;
import com.delula.retention.installation.InstallationException;

/**
 * What the platform's ledger wants of a new row.
 *
 * @param id whether it wants an id
 * @param metadata whether it takes metadata
 * @param descriptionLength how many characters a description may have
 */
record LedgerShape(boolean id, boolean metadata, int descriptionLength) {

	static final String TABLE = "credit_transactions";

	private static final Set<String> GIVEN = Set.of("user_id", "amount", "type", "description", "created_at",
			"metadata");

	/** Types of id that can be made up here. */
	private static final Set<String> FREE_IDS = Set.of("text", "character varying", "uuid");

	/**
	 * Looks at the table.
	 * @throws InstallationException if no row can be added to it
	 */
	static LedgerShape of(Catalog catalog) {
		List<String> wanted = catalog.columnsWithoutDefault(TABLE);
		for (String column : wanted) {
			boolean free = column.equals("id") && FREE_IDS.contains(catalog.columnType(TABLE, column));
			if (!GIVEN.contains(column) && !free) {
				throw InstallationException.cannotInsert(TABLE, column);
			}
		}
		return new LedgerShape(wanted.contains("id"), catalog.columns(TABLE).contains("metadata"),
				catalog.maxLength(TABLE, "description"));
	}

	/** Cuts a description to what the column takes. */
	String fit(String description) {
		return (description.length() <= this.descriptionLength) ? description
				: description.substring(0, this.descriptionLength);
	}

}
