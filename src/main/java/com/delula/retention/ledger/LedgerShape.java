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

	/**
	 * Adds a row. The entry is a JSON object with a field for each column; PostgreSQL
	 * reads each field as the type that the column has, and a time in UTC means the same
	 * to {@code timestamp} and to {@code timestamptz}.
	 */
	private static final String INSERT = """
			INSERT INTO credit_transactions (user_id, amount, type, description, created_at)
			SELECT e.user_id, e.amount, e.type, e.description, e.created_at
			FROM jsonb_populate_record(CAST(NULL AS credit_transactions), CAST(:entry AS jsonb)) e
			""";

	private static final String INSERT_METADATA = """
			INSERT INTO credit_transactions (user_id, amount, type, description, created_at, metadata)
			SELECT e.user_id, e.amount, e.type, e.description, e.created_at, e.metadata
			FROM jsonb_populate_record(CAST(NULL AS credit_transactions), CAST(:entry AS jsonb)) e
			""";

	private static final String INSERT_ID = """
			INSERT INTO credit_transactions (id, user_id, amount, type, description, created_at)
			SELECT e.id, e.user_id, e.amount, e.type, e.description, e.created_at
			FROM jsonb_populate_record(CAST(NULL AS credit_transactions), CAST(:entry AS jsonb)) e
			""";

	private static final String INSERT_ID_METADATA = """
			INSERT INTO credit_transactions (id, user_id, amount, type, description, created_at, metadata)
			SELECT e.id, e.user_id, e.amount, e.type, e.description, e.created_at, e.metadata
			FROM jsonb_populate_record(CAST(NULL AS credit_transactions), CAST(:entry AS jsonb)) e
			""";

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

	/**
	 * The statement that adds a row; {@code :entry}. It only adds: the service's role
	 * need not see what others book.
	 */
	String insert() {
		if (this.id) {
			return this.metadata ? INSERT_ID_METADATA : INSERT_ID;
		}
		return this.metadata ? INSERT_METADATA : INSERT;
	}

	/** Cuts a description to what the column takes. */
	String fit(String description) {
		return (description.length() <= this.descriptionLength) ? description
				: description.substring(0, this.descriptionLength);
	}

}
