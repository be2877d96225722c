package com.delula.retention.ledger;

import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/**
 * Adds rows to the platform's ledger. The entry is a JSON object with a field for each
 * column; PostgreSQL reads each field as the type that the column has, and a time in UTC
 * means the same to {@code timestamp} and to {@code timestamptz}.
 */
interface LedgerRepository extends Repository<LedgerEntry, String> {

	@Modifying
	@Query(nativeQuery = true, value = """
			INSERT INTO credit_transactions (user_id, amount, type, description, created_at, metadata)
			SELECT e.user_id, e.amount, e.type, e.description, e.created_at, e.metadata
			FROM jsonb_populate_record(CAST(NULL AS credit_transactions), CAST(:entry AS jsonb)) e
			""")
	void insert(String entry);

	/** For a ledger that numbers its rows itself by text or UUID. */
	@Modifying
	@Query(nativeQuery = true, value = """
			INSERT INTO credit_transactions (id, user_id, amount, type, description, created_at, metadata)
			SELECT e.id, e.user_id, e.amount, e.type, e.description, e.created_at, e.metadata
			FROM jsonb_populate_record(CAST(NULL AS credit_transactions), CAST(:entry AS jsonb)) e
			""")
	void insertWithId(String entry);

	@Modifying
	@Query(nativeQuery = true, value = """
			INSERT INTO credit_transactions (user_id, amount, type, description, created_at)
			SELECT e.user_id, e.amount, e.type, e.description, e.created_at
			FROM jsonb_populate_record(CAST(NULL AS credit_transactions), CAST(:entry AS jsonb)) e
			""")
	void insertWithoutMetadata(String entry);

	/** For a ledger that has no metadata and wants an id. */
	@Modifying
	@Query(nativeQuery = true, value = """
			INSERT INTO credit_transactions (id, user_id, amount, type, description, created_at)
			SELECT e.id, e.user_id, e.amount, e.type, e.description, e.created_at
			FROM jsonb_populate_record(CAST(NULL AS credit_transactions), CAST(:entry AS jsonb)) e
			""")
	void insertWithIdWithoutMetadata(String entry);

}
