package com.delula.retention.database;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * This instance among those on the same database: it says every few seconds that it is
 * up, and reads the clock that all of them go by.
 */
public class Instance {

	private static final Logger log = LoggerFactory.getLogger(Instance.class);

	private static final String NOW = "SELECT extract(epoch FROM clock_timestamp())";

	private static final String SEEN = """
			INSERT INTO retention_instance (id)
			VALUES (:id)
			ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at
			""";

	/** Far longer than an instance counts as alive; 15 s, that is. */
	private static final String PRUNE = """
			DELETE FROM retention_instance
			WHERE seen_at < clock_timestamp() - interval '10 minutes'
				OR seen_at > clock_timestamp() + interval '10 minutes'
			""";

	private static final String LEAVE = "DELETE FROM retention_instance WHERE id = :id";

	private final JdbcClient jdbc;

	/** Writes whatever the role's defaults are. */
	private final TransactionTemplate transaction;

	private final String id;

	private final DatabaseClock clock;

	private volatile boolean gone;

	Instance(JdbcClient jdbc, TransactionTemplate transaction, String id) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.id = id;
		this.clock = new DatabaseClock(this::now);
	}

	/** The database's clock. */
	public Clock clock() {
		return this.clock;
	}

	/** Says that this instance is up, and reads the clock. */
	public void beat() {
		if (this.gone) {
			return;
		}
		write(SEEN);
		this.clock.read();
	}

	/** Removes the rows of instances that died. */
	public void prune() {
		this.transaction.executeWithoutResult((tx) -> this.jdbc.sql(PRUNE).update());
	}

	/**
	 * Says that this instance ends. If that cannot be said, or a last beat that hangs
	 * contradicts it, it is seen by its silence.
	 */
	void leave() {
		this.gone = true;
		try {
			write(LEAVE);
		}
		catch (RuntimeException ex) {
			log.debug("Could not sign off: {}", SqlFault.reason(ex));
		}
	}

	private void write(String sql) {
		this.transaction.executeWithoutResult((tx) -> this.jdbc.sql(sql).param("id", this.id).update());
	}

	private Instant now() {
		return Objects.requireNonNull(Instants.ofEpoch(this.jdbc.sql(NOW).query(BigDecimal.class).single()));
	}

}
