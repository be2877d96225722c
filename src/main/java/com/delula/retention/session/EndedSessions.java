package com.delula.retention.session;

import java.time.Duration;

import com.delula.retention.database.SqlFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sessions that somebody logged out of, so that a copy of their cookie opens nothing.
 * Kept as long as such a copy would be valid.
 */
class EndedSessions {

	private static final Logger log = LoggerFactory.getLogger(EndedSessions.class);

	private static final String INSERT = """
			INSERT INTO retention_ended_session (id, forget_at)
			VALUES (:id, now() + :seconds * interval '1 s')
			ON CONFLICT (id) DO NOTHING
			""";

	private static final String FORGET = "DELETE FROM retention_ended_session WHERE forget_at < now()";

	private static final String EXISTS = "SELECT EXISTS (SELECT FROM retention_ended_session WHERE id = :id)";

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	EndedSessions(JdbcClient jdbc, TransactionTemplate transaction) {
		this.jdbc = jdbc;
		this.transaction = transaction;
	}

	/** Ends a session; whoever logs out is out of this browser in any case. */
	void end(String id, Duration keep) {
		try {
			this.transaction.executeWithoutResult((tx) -> {
				this.jdbc.sql(FORGET).update();
				this.jdbc.sql(INSERT).param("id", id).param("seconds", keep.toSeconds()).update();
			});
		}
		catch (DataAccessException ex) {
			log.warn("A logout could not be recorded ({}); copies of its cookie stay valid until they expire",
					SqlFault.reason(ex));
		}
	}

	/**
	 * Whether a session was ended. While the database is away there is nothing to see or
	 * to do but the page that says so, which is shown then.
	 */
	boolean contains(String id) {
		try {
			return this.jdbc.sql(EXISTS).param("id", id).query(Boolean.class).single();
		}
		catch (DataAccessException ex) {
			if (SqlFault.of(ex) == SqlFault.UNREACHABLE) {
				return false;
			}
			throw ex;
		}
	}

}
