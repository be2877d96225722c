package com.delula.retention.doctor;

import java.util.Objects;
import java.util.function.Function;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs the doctor's queries in read-only transactions with short timeouts. */
class ReadOnlyDatabase {

	/**
	 * Catalog queries return at once; one that takes longer waits for another session's
	 * lock.
	 */
	private static final String LIMITS = """
			SELECT set_config('statement_timeout', '10s', true), set_config('lock_timeout', '2s', true)
			""";

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	ReadOnlyDatabase(JdbcClient jdbc, PlatformTransactionManager transactionManager) {
		this.jdbc = jdbc;
		this.transaction = new TransactionTemplate(transactionManager);
		this.transaction.setReadOnly(true);
	}

	/** The role of the service, as it stands in a statement. */
	String role() {
		return read((jdbc) -> jdbc.sql("SELECT quote_ident(current_user)").query(String.class).single());
	}

	/** The database, as it stands in a statement. */
	String name() {
		return read((jdbc) -> jdbc.sql("SELECT quote_ident(current_database())").query(String.class).single());
	}

	<T> T read(Function<JdbcClient, T> query) {
		return Objects.requireNonNull(this.transaction.execute((status) -> {
			this.jdbc.sql(LIMITS).query().singleRow();
			return query.apply(this.jdbc);
		}));
	}

}
