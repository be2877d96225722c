package com.delula.retention.notify;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Since when each webhook is known, and which of them are gone. */
final class WebhookRegister {

	/** A webhook that has moved to another address is as good as new. */
	private static final String REGISTER = """
			INSERT INTO retention_webhook (name, target)
			VALUES (:name, :target)
			ON CONFLICT (name) DO UPDATE SET target = excluded.target,
				gone_at = CASE WHEN retention_webhook.target = excluded.target THEN retention_webhook.gone_at END
			WHERE retention_webhook.target <> excluded.target
			""";

	private static final String IS_GONE = """
			SELECT gone_at IS NOT NULL
			FROM retention_webhook
			WHERE name = :name AND target = :target
			""";

	private static final String GONE = """
			UPDATE retention_webhook
			SET gone_at = clock_timestamp()
			WHERE name = :name AND target = :target AND gone_at IS NULL
			""";

	/** What happened while it was gone is not told. */
	private static final String BACK = """
			UPDATE retention_webhook
			SET gone_at = NULL, since = clock_timestamp()
			WHERE name = :name AND target = :target AND gone_at IS NOT NULL
			""";

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	WebhookRegister(JdbcClient jdbc, TransactionTemplate transaction) {
		this.jdbc = jdbc;
		this.transaction = transaction;
	}

	/**
	 * Whether a webhook has answered that it is gone for good. One that is not known yet
	 * is from now on.
	 */
	boolean isGone(Endpoint endpoint) {
		return this.jdbc.sql(IS_GONE)
			.param("name", endpoint.name())
			.param("target", endpoint.fingerprint())
			.query(Boolean.class)
			.optional()
			.orElseGet(() -> {
				write(REGISTER, endpoint);
				return false;
			});
	}

	/** Notes that it is gone; in the caller's transaction, if there is one. */
	void gone(Endpoint endpoint) {
		write(GONE, endpoint);
	}

	/**
	 * Notes that it takes messages after all.
	 * @return whether it was gone
	 */
	boolean back(Endpoint endpoint) {
		return write(BACK, endpoint);
	}

	private boolean write(String sql, Endpoint endpoint) {
		return Boolean.TRUE.equals(this.transaction.execute((tx) -> this.jdbc.sql(sql)
			.param("name", endpoint.name())
			.param("target", endpoint.fingerprint())
			.update() == 1));
	}

}
