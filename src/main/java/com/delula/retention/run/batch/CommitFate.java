package com.delula.retention.run.batch;

import java.time.Duration;
import java.util.Optional;

import com.delula.retention.database.SqlFault;
import com.delula.retention.run.StopSignal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds out what became of a transaction whose commit was not answered. The server knows
 * it by the transaction's id, also after a crash.
 */
final class CommitFate {

	private static final Logger log = LoggerFactory.getLogger(CommitFate.class);

	private static final String XID_STATUS = "SELECT pg_xact_status(CAST(:xid AS xid8))";

	private final JdbcClient jdbc;

	private final Duration patience;

	/**
	 * Asks on connections of their own.
	 * @param patience how long to ask while the database is away
	 */
	CommitFate(JdbcClient jdbc, Duration patience) {
		this.jdbc = jdbc;
		this.patience = patience;
	}

	/** Whether it is known to have been committed. */
	boolean committed(String xid) {
		Backoff backoff = new Backoff(this.patience);
		StopSignal never = new StopSignal();
		while (true) {
			try {
				Optional<String> status = this.jdbc.sql(XID_STATUS).param("xid", xid).query(String.class).optional();
				if (!status.equals(Optional.of("in progress"))) {
					return status.equals(Optional.of("committed"));
				}
			}
			catch (RuntimeException ex) {
				if (SqlFault.of(ex) != SqlFault.UNREACHABLE) {
					log.warn("The server does not know transaction {}, so it was not committed: {}", xid,
							SqlFault.reason(ex));
					return false;
				}
			}
			if (!backoff.pause(never)) {
				return false;
			}
		}
	}

}
