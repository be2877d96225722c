package com.delula.retention.statement;

import com.delula.retention.database.SqlTemplate;
import org.jspecify.annotations.Nullable;

/**
 * The column by which removed rows are counted besides their groups.
 *
 * @param column the column as SQL writes it; null where nobody counts by one
 */
record ReasonSql(@Nullable String column) {

	static final ReasonSql NONE = new ReasonSql(null);

	/** Whether rows are counted by a reason. */
	boolean counted() {
		return this.column != null;
	}

	/** A row's reason, on the alias t. */
	String value() {
		return (this.column != null) ? "t." + this.column : "CAST(NULL AS text)";
	}

	/** Fills the places of {@link RuleSql#GROUPS_GONE}. */
	SqlTemplate fill(SqlTemplate template) {
		boolean counted = counted();
		return template.with("returned", counted ? ", " + value() + " AS reason" : "")
			.with("reason", counted ? ", CAST(gone.reason AS text) AS reason" : "")
			.with("byReason", counted ? ", gone.reason" : "")
			.with("reasons", counted ? "coalesce(array_agg(c.reason), '{}')" : "CAST('{}' AS text[])");
	}

}
