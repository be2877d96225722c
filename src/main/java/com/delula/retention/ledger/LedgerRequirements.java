package com.delula.retention.ledger;

import java.util.List;

import com.delula.retention.installation.RequiredTable;
import com.delula.retention.installation.Requirements;

/** What the ledger needs of the database. */
final class LedgerRequirements implements Requirements {

	@Override
	public List<RequiredTable> tables() {
		return List.of(new RequiredTable("credit_transactions",
				List.of("id", "user_id", "amount", "type", "description", "created_at"), List.of("INSERT")));
	}

}
