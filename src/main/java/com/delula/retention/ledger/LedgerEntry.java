package com.delula.retention.ledger;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/**
 * A row of the platform's ledger. Only ever added, never read: the service's role need
 * not see what others book, and the columns' types are the platform's business.
 */
@Entity
@Immutable
@Table(name = "credit_transactions")
class LedgerEntry {

	@Id
	private String id = "";

	String id() {
		return this.id;
	}

}
