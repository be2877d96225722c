package com.delula.retention.doctor;

import java.util.Objects;
import java.util.function.Function;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The doctor's eyes: read-only, and never long in anybody's way. */
class Sight {

	/** Catalogs answer at once; who waits longer than this waits for somebody's lock. */
	private static final String LIMITS = """
			SELECT set_config('statement_timeout', '10s', true), set_config('lock_timeout', '2s', true)
			""";

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	Sight(JdbcClient jdbc, PlatformTransactionManager transactionManager) {
		this.jdbc = jdbc;
		this.transaction = new TransactionTemplate(transactionManager);
		this.transaction.setReadOnly(true);
	}

	<T> T look(Function<JdbcClient, T> look) {
		return Objects.requireNonNull(this.transaction.execute((status) -> {
			this.jdbc.sql(LIMITS).query().singleRow();
			return look.apply(this.jdbc);
		}));
	}

}
