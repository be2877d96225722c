package com.delula.retention.run.batch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

import com.delula.retention.run.RunProperties;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The settings under which a transaction of a run works, and which end with it. Each
 * method is called inside the transaction.
 */
final class BatchSession {

	/**
	 * Plans are made from the rule's index: a scan of the whole table would walk again
	 * over what earlier batches removed. They are made for the values at hand, because
	 * statements are sent unnamed (prepareThreshold); to ask for that by plan_cache_mode
	 * would have the foreign keys' own triggers plan anew for each row, and a purge take
	 * twice as long. An owner that stalls in the middle of a batch is cut off by the
	 * server.
	 */
	private static final String SETTINGS = """
			set_config('statement_timeout', '%dms', true),
				set_config('lock_timeout', '%dms', true),
				set_config('idle_in_transaction_session_timeout', '%dms', true),
				set_config('TimeZone', 'UTC', true),
				set_config('DateStyle', 'ISO', true),
				set_config('plan_cache_mode', 'auto', true),
				set_config('enable_seqscan', 'off', true),
				set_config('jit', 'off', true)%s""";

	private static final String GUARD = """
			SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE;
			SELECT\s""";

	/**
	 * Gives a transaction an id, and has its constraints checked before it is counted.
	 */
	private static final String BEGIN = """
			%s, CAST(pg_current_xact_id() AS text) AS xid;
			SET CONSTRAINTS ALL IMMEDIATE""";

	/**
	 * The server ends a statement that takes too long. If no answer arrives even then,
	 * the connection is considered dead this much later.
	 */
	private static final Duration ON_THE_WAY = Duration.ofSeconds(5);

	/**
	 * How long to wait for a row that is known to be held: others do so for milliseconds
	 * or for long.
	 */
	private static final Duration HURRIED = Duration.ofMillis(50);

	private final JdbcTemplate jdbc;

	private final RunProperties.Batch limits;

	private final RunProperties properties;

	private final LogCompression compression;

	/** Written once for a run, not for each batch. */
	private volatile String settings;

	private volatile String begin;

	private volatile String beginHurried;

	BatchSession(JdbcTemplate jdbc, RunProperties properties) {
		this.jdbc = jdbc;
		this.properties = properties;
		this.limits = properties.batch();
		this.compression = new LogCompression(jdbc);
		this.settings = settings(this.limits.lockTimeout());
		this.begin = begin(this.settings);
		this.beginHurried = begin(settings(HURRIED));
	}

	/** Looks at what the server offers, once for a run. */
	void look() {
		this.compression.look();
		this.settings = settings(this.limits.lockTimeout());
		this.begin = begin(this.settings);
		this.beginHurried = begin(settings(HURRIED));
	}

	/** The settings of a transaction, as calls of {@code set_config}. */
	String settings() {
		return this.settings;
	}

	private String settings(Duration lockTimeout) {
		return String.format(Locale.ROOT, SETTINGS, this.limits.statementTimeout().toMillis(), lockTimeout.toMillis(),
				this.properties.lease().toMillis(), this.compression.setting());
	}

	private static String begin(String settings) {
		return String.format(Locale.ROOT, BEGIN, GUARD + settings);
	}

	/** Guards a transaction. */
	void guard() {
		waitFor(this.limits.statementTimeout());
		this.jdbc.execute(GUARD + settings(), (PreparedStatement statement) -> statement.execute());
	}

	/**
	 * Guards a batch, in one call to the server.
	 * @param hurried whether to wait for held rows only for a moment
	 * @return the transaction's id
	 */
	String begin(boolean hurried) {
		waitFor(this.limits.statementTimeout());
		String sql = hurried ? this.beginHurried : this.begin;
		return Objects.requireNonNull(this.jdbc.execute(sql, (PreparedStatement statement) -> {
			statement.execute();
			statement.getMoreResults();
			try (ResultSet row = statement.getResultSet()) {
				row.next();
				return row.getString("xid");
			}
		}));
	}

	/** How long an answer on this connection may take; the pool resets it. */
	void waitFor(Duration statementTimeout) {
		int patience = (int) Math.min(Integer.MAX_VALUE, statementTimeout.plus(ON_THE_WAY).toMillis());
		this.jdbc.execute((Connection connection) -> {
			connection.setNetworkTimeout(Runnable::run, patience);
			return true;
		});
	}

}
