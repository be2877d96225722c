package com.delula.retention.session;

import java.time.Duration;

import com.delula.retention.database.SqlFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sessions that somebody logged out of, so that a copy of their cookie opens nothing.
 * Kept as long as such a copy would be valid.
 */
class EndedSessions {

	private static final Logger log = LoggerFactory.getLogger(EndedSessions.class);

	private final EndedSessionRepository sessions;

	private final TransactionTemplate transaction;

	EndedSessions(EndedSessionRepository sessions, TransactionTemplate transaction) {
		this.sessions = sessions;
		this.transaction = transaction;
	}

	/** Ends a session; this browser is logged out in any case. */
	void end(String id, Duration keep) {
		try {
			this.transaction.executeWithoutResult((tx) -> {
				this.sessions.forgetOld();
				this.sessions.insert(id, keep.toSeconds());
			});
		}
		catch (RuntimeException ex) {
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
			return Boolean.TRUE.equals(this.transaction.execute((tx) -> this.sessions.existsById(id)));
		}
		catch (RuntimeException ex) {
			if (SqlFault.of(ex) == SqlFault.UNREACHABLE) {
				return false;
			}
			throw ex;
		}
	}

}
