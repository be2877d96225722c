package com.delula.retention.status;

import java.time.Duration;

import com.delula.retention.database.SqlFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Has work that nobody waits for, and that reads whole tables, done after a run rather
 * than beside it: it would take a processor from the run and from everybody else. It
 * waits for half an hour at most, so that runs in a row or a run that is paused do not
 * keep it from being done.
 */
public final class RunPatience {

	private static final Logger log = LoggerFactory.getLogger(RunPatience.class);

	private static final Duration LIMIT = Duration.ofMinutes(30);

	/** On any instance. */
	private static final String BESIDE_RUN = """
			SELECT EXISTS (SELECT FROM retention_run WHERE status = 'running' AND NOT dry_run)
			""";

	private final JdbcClient jdbc;

	private final Duration limit;

	private long done = System.nanoTime();

	public RunPatience(JdbcClient jdbc) {
		this(jdbc, LIMIT);
	}

	RunPatience(JdbcClient jdbc, Duration limit) {
		this.jdbc = jdbc;
		this.limit = limit;
	}

	/**
	 * Does the work, unless a run is under way and it has been done not long ago.
	 * @return whether it was done
	 */
	public synchronized boolean attempt(Runnable work) {
		if (System.nanoTime() - this.done < this.limit.toNanos() && isBesideRun()) {
			return false;
		}
		work.run();
		this.done = System.nanoTime();
		return true;
	}

	/** A database that cannot be asked cannot be counted either. */
	private boolean isBesideRun() {
		try {
			return this.jdbc.sql(BESIDE_RUN).query(Boolean.class).single();
		}
		catch (RuntimeException ex) {
			if (SqlFault.of(ex) == SqlFault.UNREACHABLE) {
				log.debug("Nothing is counted: the database is unreachable");
			}
			else {
				log.warn("Could not look for a run under way; retrying: {}", SqlFault.reason(ex));
			}
			return true;
		}
	}

}
